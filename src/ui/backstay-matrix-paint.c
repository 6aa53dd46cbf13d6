/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-paint"

#include "config.h"

#include "backstay-matrix-paint.h"

#include <glib/gi18n-lib.h>

/* How a cell looks. The colours are defined in the style sheets, for light, dark and high contrast.
 * What most have is faint; what differs has a sign, a word and a tint; what is missing is a word in
 * italics on hatching, so that it cannot be taken for null. */

#define PADDING 8
#define GAP 6
#define HATCH_STEP 8

static const char *const kind_colors[] = {
  [BACKSTAY_JSON_KIND_OBJECT] = "matrix_container_color",
  [BACKSTAY_JSON_KIND_ARRAY] = "matrix_container_color",
  [BACKSTAY_JSON_KIND_STRING] = "matrix_string_color",
  [BACKSTAY_JSON_KIND_NUMBER] = "matrix_number_color",
  [BACKSTAY_JSON_KIND_BOOLEAN] = "matrix_boolean_color",
  [BACKSTAY_JSON_KIND_NULL] = "matrix_null_color",
};

static GdkRGBA
get_color (GtkWidget  *widget,
           const char *name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA          color;

  if (!gtk_style_context_lookup_color (context, name, &color))
    gtk_style_context_get_color (context, &color);

  return color;
}

static PangoLayout *
create_layout (GtkWidget  *widget,
               const char *text,
               const char *family,
               double      scale,
               gboolean    is_bold,
               gboolean    is_italic)
{
  PangoLayout   *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  if (family != NULL)
    pango_attr_list_insert (attributes, pango_attr_family_new (family));
  if (is_bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (is_italic)
    pango_attr_list_insert (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC));
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));

  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_attr_list_unref (attributes);

  return layout;
}

static void
paint_layout (GtkSnapshot           *snapshot,
              PangoLayout           *layout,
              const graphene_rect_t *bounds,
              float                  x,
              const GdkRGBA         *color)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (x, bounds->origin.y + (float) ((int) (bounds->size.height - (float) height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
paint_hatching (GtkWidget             *widget,
                GtkSnapshot           *snapshot,
                const graphene_rect_t *bounds)
{
  GdkRGBA      color = get_color (widget, "matrix_hatch_color");
  GskColorStop stops[] = {
    { 0, color },
    { 0.25f, color },
    { 0.25f, { color.red, color.green, color.blue, 0 } },
    { 1, { color.red, color.green, color.blue, 0 } },
  };
  graphene_point_t start = bounds->origin;

  gtk_snapshot_append_repeating_linear_gradient (snapshot, bounds, &start,
                                                 &GRAPHENE_POINT_INIT (start.x + HATCH_STEP, start.y + HATCH_STEP),
                                                 stops, G_N_ELEMENTS (stops));
}

static void
paint_outline (GtkSnapshot           *snapshot,
               const graphene_rect_t *bounds,
               const GdkRGBA         *color,
               float                  thickness)
{
  GskRoundedRect rect;

  gsk_rounded_rect_init_from_rect (&rect, bounds, 0);
  gtk_snapshot_append_border (snapshot, &rect,
                              (float[4]){ thickness, thickness, thickness, thickness },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

static void
paint_background (GtkWidget                     *widget,
                  GtkSnapshot                   *snapshot,
                  const BackstayMatrixCellPaint *cell,
                  BackstayMatrixRole             role,
                  gboolean                       is_missing)
{
  GdkRGBA color;

  if (role == BACKSTAY_MATRIX_ROLE_OUTLIER)
    {
      color = get_color (widget, "matrix_outlier_bg_color");
      gtk_snapshot_append_color (snapshot, &color, &cell->bounds);
      color = get_color (widget, "matrix_outlier_border_color");
      paint_outline (snapshot, &cell->bounds, &color, 1);
    }

  if (is_missing)
    paint_hatching (widget, snapshot, &cell->bounds);

  color = get_color (widget, "matrix_line_color");
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (cell->bounds.origin.x, cell->bounds.origin.y, 1,
                                                  cell->bounds.size.height));

  if (cell->is_current)
    {
      color = get_color (widget, "accent_bg_color");
      paint_outline (snapshot, &cell->bounds, &color, 2);
    }
}

/* Paints the word at the end of the cell, if there is room beside the value. Returns how wide it is. */
static int
paint_word (GtkWidget                     *widget,
            GtkSnapshot                   *snapshot,
            const BackstayMatrixCellPaint *cell,
            int                            value_width)
{
  const char *word = backstay_matrix_item_get_word (cell->item, cell->document);
  GdkRGBA     color = get_color (widget, "matrix_outlier_color");
  int         available = (int) cell->bounds.size.width - 2 * PADDING;
  int         width;
  g_autoptr (PangoLayout) layout = NULL;

  layout = create_layout (widget, word, NULL, 0.82, FALSE, FALSE);
  pango_layout_get_pixel_size (layout, &width, NULL);

  /* A long value gives way, but not all of it. */
  if (width + GAP + MIN (value_width, available / 2) > available)
    return 0;

  paint_layout (snapshot, layout, &cell->bounds,
                cell->bounds.origin.x + cell->bounds.size.width - (float) (PADDING + width), &color);

  return width + GAP;
}

/**
 * backstay_matrix_paint_cell:
 * @widget: the row
 * @snapshot: where to paint
 * @cell: what
 *
 * Paints a cell.
 */
void
backstay_matrix_paint_cell (GtkWidget                     *widget,
                            GtkSnapshot                   *snapshot,
                            const BackstayMatrixCellPaint *cell)
{
  BackstayMatrix    *matrix = backstay_matrix_item_get_matrix (cell->item);
  BackstayMatrixRow  row = backstay_matrix_item_get_row (cell->item);
  BackstayMatrixRole role = backstay_matrix_get_role (matrix, row, cell->document);
  BackstayJsonNode   node = backstay_matrix_get_node (matrix, row, cell->document);
  gboolean           is_missing = node == BACKSTAY_JSON_NODE_NONE;
  gboolean           is_outlier = role == BACKSTAY_MATRIX_ROLE_OUTLIER;
  g_autofree char   *value = backstay_matrix_item_dup_value (cell->item, cell->document);
  g_autofree char   *text = NULL;
  const char        *color_name = "matrix_missing_color";
  GdkRGBA            color;
  int                width;
  int                word_width = 0;
  g_autoptr (PangoLayout) layout = NULL;

  paint_background (widget, snapshot, cell, role, is_missing);

  if (!is_missing)
    color_name = kind_colors[backstay_json_get_kind (backstay_matrix_get_document (matrix, cell->document), node)];
  if (role == BACKSTAY_MATRIX_ROLE_SHARED)
    color_name = "matrix_shared_color";
  color = get_color (widget, color_name);

  text = g_strconcat (is_outlier ? "≠ " : "", is_missing ? _ ("missing") : value, NULL);
  layout = create_layout (widget, text, is_missing ? NULL : "monospace", 0.95, is_outlier, is_missing);
  pango_layout_get_pixel_size (layout, &width, NULL);

  if (is_outlier)
    word_width = paint_word (widget, snapshot, cell, width);

  pango_layout_set_width (layout, (int) (cell->bounds.size.width - (float) (2 * PADDING + word_width)) * PANGO_SCALE);
  paint_layout (snapshot, layout, &cell->bounds, cell->bounds.origin.x + PADDING, &color);
}

/**
 * backstay_matrix_paint_summary:
 * @widget: the row
 * @snapshot: where to paint
 * @text: a few words
 * @bounds: the place
 *
 * Paints how many values a row has, at the end of the place.
 */
void
backstay_matrix_paint_summary (GtkWidget             *widget,
                               GtkSnapshot           *snapshot,
                               const char            *text,
                               const graphene_rect_t *bounds)
{
  GdkRGBA color = get_color (widget, "matrix_missing_color");
  int     width;
  g_autoptr (PangoLayout) layout = create_layout (widget, text, NULL, 0.82, FALSE, FALSE);

  pango_layout_set_width (layout, (int) (bounds->size.width - PADDING) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, &width, NULL);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  paint_layout (snapshot, layout, bounds,
                bounds->origin.x + bounds->size.width - (float) (PADDING + width), &color);
}
