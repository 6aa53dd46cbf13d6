/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-database-view"

#include "config.h"

#include "backstay-database-view-private.h"

#include "backstay-compat.h"
#include "backstay-finding-row.h"
#include "backstay-focus.h"
#include "backstay-inspection.h"
#include "backstay-page.h"
#include "backstay-repository-inspect.h"
#include "backstay-text-saver.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayDatabaseView:
 *
 * What a database has of what it should have: the table, what makes it fast, what protects it, and the
 * guards. It changes nothing unless it is asked to, twice.
 */

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS,
};

enum
{
  SIGNAL_INSPECTED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayDatabaseView, backstay_database_view, GTK_TYPE_WIDGET)

static void
stop (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static const char *
get_group_title (BackstayFindingGroup group)
{
  static const char *const titles[BACKSTAY_N_FINDING_GROUPS] = {
    N_ ("The table"),
    N_ ("Indexes"),
    N_ ("Who may see and change it"),
    N_ ("Guards"),
    N_ ("Additions to the guards"),
  };

  return _ (titles[group]);
}

static const char *
get_group_description (BackstayFindingGroup group)
{
  static const char *const descriptions[BACKSTAY_N_FINDING_GROUPS] = {
    NULL,
    NULL,
    NULL,
    N_ ("They make the rules true for every client. Optional; one script installs all of them."),
    N_ ("Each has a script of its own."),
  };

  return descriptions[group] != NULL ? _ (descriptions[group]) : NULL;
}

/* What needs attention comes first. */
static void
add_rows (BackstayDatabaseView *self,
          AdwPreferencesGroup  *box,
          BackstayFindingGroup  group,
          gboolean              problems)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      BackstayFinding    *finding = g_ptr_array_index (self->findings, i);
      BackstayFindingRow *row;

      if (backstay_finding_get_group (finding) != group || backstay_finding_is_problem (finding) != problems)
        continue;

      row = backstay_finding_row_new (finding);
      g_signal_connect_object (row, "save-requested", G_CALLBACK (backstay_database_view_save), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "apply-requested", G_CALLBACK (backstay_database_view_apply), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (box, GTK_WIDGET (row));
    }
}

static gboolean
has_group (BackstayDatabaseView *self,
           BackstayFindingGroup  group)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      if (backstay_finding_get_group (g_ptr_array_index (self->findings, i)) == group)
        return TRUE;
    }

  return FALSE;
}

static void
clear_groups (BackstayDatabaseView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups_box))) != NULL)
    gtk_box_remove (self->groups_box, child);
}

/* What is about safety comes first: of the rest one hears soon enough. */
static void
show_groups (BackstayDatabaseView *self)
{
  static const BackstayFindingGroup groups[BACKSTAY_N_FINDING_GROUPS] = {
    BACKSTAY_FINDING_SECURITY,
    BACKSTAY_FINDING_GUARDS,
    BACKSTAY_FINDING_ADDITIONS,
    BACKSTAY_FINDING_TABLE,
    BACKSTAY_FINDING_INDEXES,
  };

  clear_groups (self);
  self->outdated = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      BackstayFindingGroup group = groups[i];
      GtkWidget           *box;

      if (!has_group (self, group))
        continue;

      box = adw_preferences_group_new ();
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (box), get_group_title (group));
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (box), get_group_description (group));
      add_rows (self, ADW_PREFERENCES_GROUP (box), group, TRUE);
      add_rows (self, ADW_PREFERENCES_GROUP (box), group, FALSE);
      gtk_box_append (self->groups_box, box);
    }
}

static void
show_summary (BackstayDatabaseView *self)
{
  guint            n = backstay_database_view_get_n_problems (self);
  g_autofree char *summary = NULL;

  if (n > 0)
    summary = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                            "%u thing needs attention. Open a row to read what it means and how to mend it.",
                                            "%u things need attention. Open a row to read what it means and how to mend it.",
                                            n),
                               n);
  else
    summary = g_strdup (_ ("All that the table's document asks for is there. Open a row to read what it is for."));

  gtk_label_set_label (self->summary_label, summary);
}

static void
show_applied (BackstayDatabaseView *self)
{
  g_autofree char *title = g_steal_pointer (&self->applied);
  g_autofree char *text = NULL;

  if (title == NULL)
    return;

  for (guint i = 0; i < self->findings->len; i++)
    {
      BackstayFinding *finding = g_ptr_array_index (self->findings, i);

      if (g_strcmp0 (backstay_finding_get_title (finding), title) == 0 &&
          backstay_finding_get_state (finding) != BACKSTAY_FINDING_PRESENT)
        text = g_strdup_printf (_ ("It was applied, but “%s” is still not as it should be: open it to read why."), title);
    }

  if (text != NULL)
    backstay_notice_show (backstay_page_get_notice (self->page), BACKSTAY_NOTICE_WARNING, text, NULL);
  else
    backstay_notice_show (backstay_page_get_notice (self->page), BACKSTAY_NOTICE_SUCCESS,
                          _ ("It was applied, and what you see is how it is now."), NULL);
}

static void
inspected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BackstayDatabaseView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  findings = backstay_repository_inspect_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->groups_box), TRUE);

  if (findings == NULL)
    {
      g_clear_pointer (&self->applied, g_free);
      backstay_page_show_failure (self->page, error);
      return;
    }

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = g_steal_pointer (&findings);

  /* Every window counts the findings; few are looked at. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_groups (self);
  else
    self->outdated = TRUE;

  show_summary (self);
  show_applied (self);
  backstay_page_show_content (self->page);
  g_signal_emit (self, signals[SIGNAL_INSPECTED], 0);
}

void
backstay_database_view_load (BackstayDatabaseView *self)
{
  stop (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  backstay_repository_inspect_async (self->repository, self->cancellable, inspected_cb, self);
}

static gboolean
backstay_database_view_grab_focus (GtkWidget *widget)
{
  BackstayDatabaseView *self = BACKSTAY_DATABASE_VIEW (widget);

  /* While it is on its way, there is nothing but the page. */
  return backstay_focus_into (GTK_WIDGET (self->groups_box)) ||
         backstay_focus_into (GTK_WIDGET (self->page));
}

static void
backstay_database_view_map (GtkWidget *widget)
{
  BackstayDatabaseView *self = BACKSTAY_DATABASE_VIEW (widget);

  if (self->outdated)
    show_groups (self);

  GTK_WIDGET_CLASS (backstay_database_view_parent_class)->map (widget);
}

static void
backstay_database_view_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  BackstayDatabaseView *self = BACKSTAY_DATABASE_VIEW (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      g_object_set_property (G_OBJECT (self->page), "folded", value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_database_view_dispose (GObject *object)
{
  BackstayDatabaseView *self = BACKSTAY_DATABASE_VIEW (object);

  stop (&self->cancellable);
  stop (&self->saving);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
  g_clear_object (&self->repository);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->applied, g_free);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_DATABASE_VIEW);

  G_OBJECT_CLASS (backstay_database_view_parent_class)->dispose (object);
}

static void
backstay_database_view_class_init (BackstayDatabaseViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_database_view_dispose;
  object_class->set_property = backstay_database_view_set_property;
  widget_class->grab_focus = backstay_database_view_grab_focus;
  widget_class->map = backstay_database_view_map;

  /**
   * BackstayDatabaseView:folded:
   *
   * Whether the view stands alone, so that it needs a way back.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BackstayDatabaseView::inspected:
   *
   * Emitted when the database was looked at.
   */
  signals[SIGNAL_INSPECTED] =
    g_signal_new ("inspected",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (BACKSTAY_TYPE_PAGE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-database-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayDatabaseView, page);
  gtk_widget_class_bind_template_child (widget_class, BackstayDatabaseView, summary_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayDatabaseView, groups_box);
  gtk_widget_class_bind_template_callback (widget_class, backstay_database_view_reload);
}

static void
backstay_database_view_init (BackstayDatabaseView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_database_view_show:
 * @repository: (nullable): the server; %NULL for none
 * @server: (nullable): what to call it
 *
 * Looks at a database; where it is shown already, again.
 */
void
backstay_database_view_show (BackstayDatabaseView *self,
                             BackstayRepository   *repository,
                             const char           *server)
{
  g_return_if_fail (BACKSTAY_IS_DATABASE_VIEW (self));

  if (repository != NULL && repository == self->repository)
    {
      backstay_database_view_reload (self);
      return;
    }

  stop (&self->cancellable);
  g_set_object (&self->repository, repository);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->applied, g_free);
  g_free (self->server);
  self->server = g_strdup (server);
  backstay_notice_hide (backstay_page_get_notice (self->page));
  backstay_page_show_loading (self->page);
  clear_groups (self);
  self->outdated = FALSE;

  if (repository != NULL)
    backstay_database_view_load (self);
}

/**
 * backstay_database_view_reload:
 *
 * Looks again, unless it is at work.
 */
void
backstay_database_view_reload (BackstayDatabaseView *self)
{
  g_return_if_fail (BACKSTAY_IS_DATABASE_VIEW (self));

  if (self->repository == NULL || self->cancellable != NULL)
    return;

  backstay_notice_hide (backstay_page_get_notice (self->page));
  backstay_database_view_load (self);
}

/**
 * backstay_database_view_get_loading:
 *
 * Returns: whether the server is at it
 */
gboolean
backstay_database_view_get_loading (BackstayDatabaseView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DATABASE_VIEW (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * backstay_database_view_get_n_problems:
 *
 * Returns: how many things somebody should do something about
 */
guint
backstay_database_view_get_n_problems (BackstayDatabaseView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DATABASE_VIEW (self), 0);

  return self->findings != NULL ? backstay_inspection_count_problems (self->findings) : 0;
}

/**
 * backstay_database_view_get_warning:
 *
 * Returns: (transfer none) (nullable): what nobody should go on working without knowing
 */
const char *
backstay_database_view_get_warning (BackstayDatabaseView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DATABASE_VIEW (self), NULL);

  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    {
      BackstayFinding *finding = g_ptr_array_index (self->findings, i);

      if (backstay_finding_get_grave (finding))
        return _ ("Who is an administrator can be got round on this server.");
    }

  return NULL;
}
