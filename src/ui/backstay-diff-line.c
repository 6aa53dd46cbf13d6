/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-line"

#include "config.h"

#include "backstay-diff-line.h"

#include "backstay-tree-row.h"

#include <glib/gi18n-lib.h>

/* How far a level is indented. */
#define INDENT 16

/**
 * BackstayDiffLine:
 *
 * A value before and after: side by side where there is room, else one below the other.
 *
 * The expander only asks for what it means, with the action `diff.toggle`, whose target is the item's
 * key.
 */
struct _BackstayDiffLine
{
  BackstayListRow parent_instance;

  const char *kind_class; /* %NULL at first. */
  gboolean    narrow;

  /* Template children */
  GtkWidget *key_box;
  GtkButton *expander;
  GtkLabel  *key_label;
  GtkLabel  *count_label;
  GtkLabel  *sign_label;
  GtkLabel  *before_label;
  GtkLabel  *after_label;
};

G_DEFINE_FINAL_TYPE (BackstayDiffLine, backstay_diff_line, BACKSTAY_TYPE_LIST_ROW)

static BackstayDiffItem *
get_item (BackstayDiffLine *self)
{
  return backstay_list_row_get_item (BACKSTAY_LIST_ROW (self));
}

static const char *const kind_classes[] = {
  [BACKSTAY_DIFF_KIND_UNCHANGED] = "unchanged",
  [BACKSTAY_DIFF_KIND_MODIFIED] = "modified",
  [BACKSTAY_DIFF_KIND_ADDED] = "added",
  [BACKSTAY_DIFF_KIND_REMOVED] = "removed",
  [BACKSTAY_DIFF_KIND_CHANGED] = "changed",
  [BACKSTAY_DIFF_KIND_TYPE_CHANGED] = "changed",
  [BACKSTAY_DIFF_KIND_RESPELT] = "respelt",
};

static char *
dup_label (BackstayDiffLine *self)
{
  BackstayDiffItem *item = get_item (self);
  g_autofree char  *path = backstay_diff_item_dup_path (item);
  const char       *word = backstay_diff_item_get_word (item);
  const char       *before = gtk_label_get_text (self->before_label);
  const char       *after = gtk_label_get_text (self->after_label);
  guint             n;

  if (backstay_diff_item_get_is_hidden (item))
    /* Translators: what is not shown, such as "… 12 unchanged", for assistive technology. */
    return g_strdup_printf (_ ("%s, collapsed"), gtk_label_get_text (self->key_label));

  if (*path == '\0')
    {
      g_free (path);
      path = g_strdup (gtk_label_get_text (self->key_label));
    }

  switch (backstay_diff_item_get_kind (item))
    {
    case BACKSTAY_DIFF_KIND_ADDED:
      /* Translators: what happened, where, and a value, for assistive technology. */
      return g_strdup_printf (_ ("%s, %s, after %s"), word, path, after);

    case BACKSTAY_DIFF_KIND_REMOVED:
      /* Translators: what happened, where, and a value, for assistive technology. */
      return g_strdup_printf (_ ("%s, %s, before %s"), word, path, before);

    case BACKSTAY_DIFF_KIND_MODIFIED:
      n = backstay_diff_item_get_n_changes (item);
      /* Translators: what happened, where, how much, and whether it is expanded. */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%s, %s, %u change, %s", "%s, %s, %u changes, %s", n),
                              word, path, n,
                              backstay_diff_item_get_expanded (item) ? _ ("expanded") : _ ("collapsed"));

    case BACKSTAY_DIFF_KIND_UNCHANGED:
      if (!backstay_diff_item_get_moved (item))
        return g_strdup_printf ("%s, %s, %s", word, path, after);
      G_GNUC_FALLTHROUGH;

    case BACKSTAY_DIFF_KIND_CHANGED:
    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
    case BACKSTAY_DIFF_KIND_RESPELT:
    default:
      /* Translators: what happened, where, and two values, for assistive technology. */
      return g_strdup_printf (_ ("%s, %s, before %s, after %s"), word, path, before, after);
    }
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* Marked in three ways, so that colour is not needed: by a line, by weight and by a tint that goes
 * with light and dark. */
static PangoAttrList *
create_attributes (GArray  *marks,
                   gboolean is_before)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i < marks->len; i++)
    {
      const BackstayDiffMark *mark = &g_array_index (marks, BackstayDiffMark, i);
      PangoAttribute         *all[] = {
                is_before ? pango_attr_strikethrough_new (TRUE) : pango_attr_underline_new (PANGO_UNDERLINE_SINGLE),
        pango_attr_weight_new (PANGO_WEIGHT_BOLD),
        is_before ? pango_attr_background_new (0xe0e0, 0x1b1b, 0x2424)
                  : pango_attr_background_new (0x2e2e, 0xc2c2, 0x7e7e),
        pango_attr_background_alpha_new (is_before ? 0x4000 : 0x5000),
      };

      for (guint j = 0; j < G_N_ELEMENTS (all); j++)
        {
          all[j]->start_index = mark->begin;
          all[j]->end_index = mark->end;
          pango_attr_list_insert (attributes, all[j]);
        }
    }

  return attributes;
}

static void
set_side (GtkLabel                *label,
          const BackstayDiffValue *value,
          gboolean                 is_before,
          gboolean                 is_repeated,
          gboolean                 is_whole)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (value->marks != NULL)
    attributes = create_attributes (value->marks, is_before);

  gtk_label_set_text (label, value->text != NULL ? value->text : "");
  gtk_label_set_attributes (label, attributes);
  gtk_label_set_wrap (label, is_whole);
  gtk_label_set_ellipsize (label, is_whole ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);

  set_class (GTK_WIDGET (label), "dim-label", is_repeated);
  set_class (GTK_WIDGET (label), "words", value->marks != NULL);
}

/* Whether both sides say the same. */
static gboolean
is_same (BackstayDiffItem *item)
{
  BackstayDiffKind kind = backstay_diff_item_get_kind (item);

  return (kind == BACKSTAY_DIFF_KIND_UNCHANGED || kind == BACKSTAY_DIFF_KIND_MODIFIED) &&
         !backstay_diff_item_get_moved (item);
}

static void
update_values (BackstayDiffLine *self)
{
  g_auto (BackstayDiffValue) before = { NULL };
  g_auto (BackstayDiffValue) after = { NULL };
  g_autofree char  *description = NULL;
  BackstayDiffItem *item = get_item (self);
  gboolean          whole = backstay_diff_item_get_expanded (item) && backstay_diff_item_get_is_text (item);

  backstay_diff_item_get_values (item, &before, &after, &description);
  set_side (self->before_label, &before, TRUE, is_same (item), whole);
  set_side (self->after_label, &after, FALSE, is_same (item), whole);
  set_class (GTK_WIDGET (self->before_label), "missing", before.text == NULL);
  set_class (GTK_WIDGET (self->after_label), "missing", after.text == NULL);
  backstay_list_row_take_description (BACKSTAY_LIST_ROW (self), g_steal_pointer (&description));
}

static void
update_expander (BackstayDiffLine *self)
{
  BackstayDiffItem *item = get_item (self);
  gboolean          expanded = backstay_diff_item_get_expanded (item);
  gboolean          expandable = backstay_diff_item_get_expandable (item);
  guint             n = backstay_diff_item_get_n_changes (item);
  g_autofree char  *count = g_strdup_printf ("%u", n);

  backstay_tree_row_set_expander (self->expander, expandable, expanded);

  /* What a closed container hides is counted. */
  gtk_label_set_label (self->count_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label),
                          backstay_diff_item_get_kind (item) == BACKSTAY_DIFF_KIND_MODIFIED && !expanded);
}

/* It was opened or closed. */
static void
backstay_diff_line_item_changed (BackstayListRow *row)
{
  BackstayDiffLine *self = BACKSTAY_DIFF_LINE (row);

  update_expander (self);
  update_values (self);
  backstay_list_row_take_label (row, dup_label (self));
}

/* What is hidden has no sides. Below each other, a side that says nothing takes no line. */
static void
update_layout (BackstayDiffLine *self)
{
  BackstayDiffItem *item = get_item (self);
  BackstayDiffKind  kind = backstay_diff_item_get_kind (item);
  gboolean          has_sides = !backstay_diff_item_get_is_hidden (item);
  int               indent = gtk_widget_get_margin_start (GTK_WIDGET (self->expander));

  gtk_widget_set_visible (GTK_WIDGET (self->before_label),
                          has_sides && (!self->narrow || (!is_same (item) && kind != BACKSTAY_DIFF_KIND_ADDED)));
  gtk_widget_set_visible (GTK_WIDGET (self->after_label),
                          has_sides && (!self->narrow || kind != BACKSTAY_DIFF_KIND_REMOVED));
  gtk_widget_set_margin_start (GTK_WIDGET (self->before_label), self->narrow ? indent + INDENT : 0);
  gtk_widget_set_margin_start (GTK_WIDGET (self->after_label), self->narrow ? indent + INDENT : 0);
}

static void
backstay_diff_line_update (BackstayListRow *row)
{
  BackstayDiffLine *self = BACKSTAY_DIFF_LINE (row);
  BackstayDiffItem *item = backstay_list_row_get_item (row);
  g_autofree char  *key = backstay_diff_item_dup_key (item);
  const char       *kind_class = kind_classes[backstay_diff_item_get_kind (item)];

  gtk_label_set_label (self->key_label, key);
  gtk_label_set_label (self->sign_label, backstay_diff_item_get_sign (item));

  gtk_widget_set_margin_start (GTK_WIDGET (self->expander),
                               backstay_tree_row_get_indent (backstay_diff_item_get_depth (item), INDENT));

  if (backstay_diff_item_get_is_hidden (item))
    kind_class = "hidden-rows";

  if (self->kind_class != kind_class)
    {
      if (self->kind_class != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self), self->kind_class);
      self->kind_class = kind_class;
      gtk_widget_add_css_class (GTK_WIDGET (self), self->kind_class);
    }

  update_layout (self);
  backstay_diff_line_item_changed (row);
}

/* Only when somebody asks: to set a tooltip asks the display where the pointer is. */
static gboolean
query_tooltip_cb (BackstayDiffLine *self,
                  int               x,
                  int               y,
                  gboolean          keyboard_mode,
                  GtkTooltip       *tooltip)
{
  if (get_item (self) == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, backstay_diff_item_get_word (get_item (self)));

  return TRUE;
}

/* A key can be cut, and far from what it is in. */
static gboolean
query_path_cb (BackstayDiffLine *self,
               int               x,
               int               y,
               gboolean          keyboard_mode,
               GtkTooltip       *tooltip)
{
  g_autofree char *path = get_item (self) != NULL ? backstay_diff_item_dup_path (get_item (self)) : NULL;

  if (path == NULL || *path == '\0')
    return FALSE;

  gtk_tooltip_set_text (tooltip, path);

  return TRUE;
}

static void
expander_clicked_cb (BackstayDiffLine *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "diff.toggle", "t",
                              backstay_diff_item_get_key (get_item (self)));
}

/* The layout. A list view measures hundreds of rows that nobody sees, and text is dear to measure. */

static GtkSizeRequestMode
backstay_diff_line_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Whether it is as high as any line of text. Some scripts are higher than others. */
static gboolean
is_plain (BackstayDiffLine *self)
{
  return !self->narrow && !gtk_label_get_wrap (self->before_label) &&
         g_str_is_ascii (gtk_label_get_text (self->key_label)) &&
         g_str_is_ascii (gtk_label_get_text (self->before_label)) &&
         g_str_is_ascii (gtk_label_get_text (self->after_label));
}

static int
measure_height (GtkWidget *child,
                int        width)
{
  int minimum = 0;

  if (gtk_widget_get_visible (child))
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);

  return minimum;
}

static int
get_n_columns (BackstayDiffLine *self)
{
  return !self->narrow && gtk_widget_get_visible (GTK_WIDGET (self->after_label)) ? 3 : 1;
}

static void
backstay_diff_line_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  BackstayDiffLine *self = BACKSTAY_DIFF_LINE (widget);
  int               width = for_size < 0 ? -1 : for_size / get_n_columns (self);
  int               key;
  int               before;
  int               after;

  /* It takes what it gets. */
  *minimum = 0;
  *natural = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  if (is_plain (self))
    {
      *minimum = *natural = measure_height (GTK_WIDGET (self->sign_label), -1);
      return;
    }

  key = measure_height (self->key_box, width);
  before = measure_height (GTK_WIDGET (self->before_label), width);
  after = measure_height (GTK_WIDGET (self->after_label), width);
  *minimum = *natural = self->narrow ? key + before + after : MAX (key, MAX (before, after));
}

static void
backstay_diff_line_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  BackstayDiffLine *self = BACKSTAY_DIFF_LINE (widget);
  GtkWidget        *children[] = { self->key_box, GTK_WIDGET (self->before_label), GTK_WIDGET (self->after_label) };
  gboolean          is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation     area = { 0, 0, width / get_n_columns (self), height };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      GtkAllocation place;

      if (!gtk_widget_get_visible (children[i]))
        continue;

      if (self->narrow)
        area.height = measure_height (children[i], area.width);

      place = area;
      if (is_rtl)
        place.x = width - area.x - area.width;
      gtk_widget_size_allocate (children[i], &place, -1);

      if (self->narrow)
        area.y += area.height;
      else
        area.x += area.width;
    }
}

static void
backstay_diff_line_class_init (BackstayDiffLineClass *klass)
{
  GtkWidgetClass       *widget_class = GTK_WIDGET_CLASS (klass);
  BackstayListRowClass *row_class = BACKSTAY_LIST_ROW_CLASS (klass);

  row_class->item_signal = "notify::expanded";
  row_class->update = backstay_diff_line_update;
  row_class->item_changed = backstay_diff_line_item_changed;

  widget_class->get_request_mode = backstay_diff_line_get_request_mode;
  widget_class->measure = backstay_diff_line_measure;
  widget_class->size_allocate = backstay_diff_line_size_allocate;

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-diff-line.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffLine, key_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffLine, expander);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffLine, key_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffLine, count_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffLine, sign_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffLine, before_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffLine, after_label);
  gtk_widget_class_bind_template_callback (widget_class, expander_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_path_cb);
}

static void
backstay_diff_line_init (BackstayDiffLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_diff_line_set_narrow:
 * @narrow: whether there is no room for three columns
 *
 * Puts the values beside each other, or below.
 */
void
backstay_diff_line_set_narrow (BackstayDiffLine *self,
                               gboolean          narrow)
{
  g_return_if_fail (BACKSTAY_IS_DIFF_LINE (self));

  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  gtk_widget_queue_resize (GTK_WIDGET (self));

  if (get_item (self) != NULL)
    update_layout (self);
}
