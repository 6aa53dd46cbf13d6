/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-integrity-view"

#include "config.h"

#include "backstay-integrity-view.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-focus.h"
#include "backstay-issue-row.h"
#include "backstay-page.h"
#include "backstay-repository-integrity.h"
#include "backstay-safe-mode.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayIntegrityView:
 *
 * What should not be in the table, and its repair.
 */
struct _BackstayIntegrityView
{
  GtkWidget parent_instance;

  BackstayRepository *repository;  /* %NULL while there is nothing to see. */
  GPtrArray          *issues;      /* (nullable): Of BackstayIssue. */
  GCancellable       *cancellable; /* Non-%NULL while the server is at it. */
  BackstayRepair     *undo;        /* (nullable): of what was repaired last. */
  gboolean            repairing;
  gboolean            failed;   /* Whether the last look did. */
  gboolean            again;    /* Whether there was a reason to look while it looked. */
  gboolean            refocus;  /* Whether a repair took the focus from what had it. */
  gboolean            outdated; /* Whether the rows are not those of the issues yet. */

  /* Template children */
  BackstayPage *page;
  GtkListBox   *issues_box;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS,
};

enum
{
  SIGNAL_CHECKED,
  SIGNAL_REPAIRED,
  SIGNAL_VERSION_ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayIntegrityView, backstay_integrity_view, GTK_TYPE_WIDGET)

static void load (BackstayIntegrityView *self);

static void
stop (BackstayIntegrityView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->repairing = FALSE;
  self->again = FALSE;
}

/* Repairing */

/* A change that was committed is told also when it was cancelled meanwhile. */
typedef struct
{
  GWeakRef        view;
  GCancellable   *cancellable;
  BackstayRepair *repair;
  gboolean        is_undo;
} Work;

static void
work_free (Work *work)
{
  g_weak_ref_clear (&work->view);
  g_clear_object (&work->cancellable);
  backstay_repair_unref (work->repair);
  g_free (work);
}

static void
work_free_closure (gpointer  data,
                   GClosure *closure)
{
  work_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static Work *
work_new (BackstayIntegrityView *self,
          BackstayRepair        *repair,
          gboolean               is_undo)
{
  Work *work = g_new0 (Work, 1);

  g_weak_ref_init (&work->view, self);
  work->repair = backstay_repair_ref (repair);
  work->is_undo = is_undo;

  return work;
}

/* Where the focus was, there is nothing any more; by now GTK may have put it just anywhere. */
static void
restore_focus (BackstayIntegrityView *self,
               GtkWidget             *widget)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && (self->refocus || gtk_root_get_focus (root) == NULL))
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
  self->refocus = FALSE;
}

static void
show_refusal (BackstayIntegrityView *self,
              const GError          *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    text = g_strdup (error->message);
  else
    text = g_strdup_printf (_ ("Nothing was changed. %s"), error->message);

  backstay_notice_show (backstay_page_get_notice (self->page), BACKSTAY_NOTICE_ERROR, text, NULL);
}

static void
repaired_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (BackstayIntegrityView) self = g_weak_ref_get (&work->view);
  g_autoptr (GError) error = NULL;
  gboolean is_repaired = backstay_repository_repair_finish (BACKSTAY_REPOSITORY (object), result, &error);

  /* Nobody looks any more, or at another server. */
  if (self == NULL || self->cancellable != work->cancellable)
    return;

  g_clear_object (&self->cancellable);
  self->repairing = FALSE;
  g_clear_pointer (&self->undo, backstay_repair_unref);
  gtk_widget_set_sensitive (GTK_WIDGET (self->issues_box), TRUE);

  if (!is_repaired)
    {
      show_refusal (self, error);
    }
  else if (work->is_undo)
    {
      backstay_notice_show (backstay_page_get_notice (self->page), BACKSTAY_NOTICE_SUCCESS,
                            _ ("The repair was undone."), NULL);
    }
  else
    {
      guint            n = backstay_repair_get_n_changed (work->repair);
      g_autofree char *text = NULL;

      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Repaired: %u version was changed.",
                                           "Repaired: %u versions were changed.", n),
                              n);
      self->undo = backstay_repair_new_undo (work->repair);
      backstay_notice_show (backstay_page_get_notice (self->page), BACKSTAY_NOTICE_SUCCESS, text, _ ("Undo"));
      restore_focus (self, GTK_WIDGET (backstay_page_get_notice (self->page)));
    }

  load (self);
  g_signal_emit (self, signals[SIGNAL_REPAIRED], 0);
}

static void
repair (BackstayIntegrityView *self,
        BackstayRepair        *wanted,
        gboolean               is_undo)
{
  Work *work = work_new (self, wanted, is_undo);

  stop (self);
  self->refocus = TRUE;
  backstay_notice_hide (backstay_page_get_notice (self->page));
  gtk_widget_set_sensitive (GTK_WIDGET (self->issues_box), FALSE);
  self->repairing = TRUE;
  self->cancellable = g_cancellable_new ();
  work->cancellable = g_object_ref (self->cancellable);
  backstay_repository_repair_async (self->repository, wanted, self->cancellable, repaired_cb, work);
}

static void
response_cb (GtkWidget  *dialog,
             const char *response,
             Work       *work)
{
  g_autoptr (BackstayIntegrityView) self = g_weak_ref_get (&work->view);

  if (self != NULL && self->repository != NULL && !self->repairing && g_strcmp0 (response, "repair") == 0)
    repair (self, work->repair, FALSE);
}

static char *
dup_server (BackstayIntegrityView *self)
{
  BackstayDbConnection *connection = backstay_repository_get_connection (self->repository);

  return backstay_display_text (backstay_db_config_get_label (backstay_db_connection_get_config (connection)));
}

static void
repair_requested_cb (BackstayIntegrityView *self,
                     BackstayIssueRow      *row)
{
  g_autoptr (BackstayRepair) wanted = backstay_issue_dup_repair (backstay_issue_row_get_issue (row));
  GtkWindow       *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *type = backstay_display_text (backstay_repair_get_model_type (wanted));
  g_autofree char *preview = backstay_repair_dup_preview (wanted);
  g_autofree char *server = dup_server (self);
  /* Translators: %s is a model type. */
  g_autofree char *heading = g_strdup_printf (_ ("Repair %s?"), type);
  g_autofree char *body = NULL;
  GtkWidget       *dialog = adw_message_dialog_new (window, heading, NULL);

  /* Translators: what will change, and a server's name. */
  body = g_strdup_printf (_ ("%s\n\nOn the server “%s”. It is one transaction, which stops when anything is not as shown here. It can be "
                             "undone. Who did it, and when, only the guards record."),
                          preview, server);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _ ("_Cancel"),
                                    "repair", _ ("_Repair"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "repair", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), work_new (self, wanted, FALSE),
                         work_free_closure, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayIntegrityView *self = BACKSTAY_INTEGRITY_VIEW (widget);
  g_autoptr (BackstayRepair) undo = NULL;

  if (self->undo == NULL || self->repository == NULL || self->repairing ||
      backstay_safe_mode_holds (widget, action_name, self->repository, _ ("The last repair is undone.")))
    return;

  undo = g_steal_pointer (&self->undo);
  repair (self, undo, TRUE);
}

static void
notice_clicked_cb (BackstayIntegrityView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), self->undo != NULL ? "integrity.undo" : "win.reload", NULL);
}

/* Showing */

static void
version_activated_cb (BackstayIntegrityView *self,
                      BackstayVersion       *version)
{
  g_signal_emit (self, signals[SIGNAL_VERSION_ACTIVATED], 0, version);
}

static void
clear_rows (BackstayIntegrityView *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->issues_box, 0)) != NULL)
    gtk_list_box_remove (self->issues_box, GTK_WIDGET (row));
}

static void
show_rows (BackstayIntegrityView *self)
{
  BackstayAccess *access = backstay_repository_get_access (self->repository);
  gboolean        can_write = access != NULL && backstay_access_can_write (access);

  clear_rows (self);
  self->outdated = FALSE;

  for (guint i = 0; i < self->issues->len; i++)
    {
      BackstayIssueRow *row = backstay_issue_row_new (g_ptr_array_index (self->issues, i), can_write);

      g_signal_connect_object (row, "repair-requested", G_CALLBACK (repair_requested_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "version-activated", G_CALLBACK (version_activated_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->issues_box, GTK_WIDGET (row));
    }
}

static void
show_issues (BackstayIntegrityView *self)
{
  /* Every window counts the issues; few are looked at. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_rows (self);
  else
    self->outdated = TRUE;

  if (self->issues->len > 0)
    backstay_page_show_content (self->page);
  else
    backstay_page_show_empty (self->page, _ ("Nothing Is Wrong"),
                              _ ("Each model type has one active version, and all versions have a time, a creator and a "
                                 "state."));

  restore_focus (self, self->issues->len > 0 ? GTK_WIDGET (self->issues_box) : GTK_WIDGET (self->page));
}

/* Rows stay as they are, and open, unless there are others. */
static gboolean
is_same (GPtrArray *issues,
         GPtrArray *others)
{
  if (issues == NULL || issues->len != others->len)
    return FALSE;

  for (guint i = 0; i < issues->len; i++)
    {
      BackstayIssue   *issue = g_ptr_array_index (issues, i);
      BackstayIssue   *other = g_ptr_array_index (others, i);
      GPtrArray       *versions = backstay_issue_get_versions (issue);
      GPtrArray       *other_versions = backstay_issue_get_versions (other);
      g_autofree char *title = backstay_issue_dup_title (issue);
      g_autofree char *other_title = backstay_issue_dup_title (other);

      if (g_strcmp0 (title, other_title) != 0 || versions->len != other_versions->len)
        return FALSE;

      for (guint j = 0; j < versions->len; j++)
        {
          if (!backstay_version_equal (g_ptr_array_index (versions, j), g_ptr_array_index (other_versions, j)))
            return FALSE;
        }
    }

  return TRUE;
}

static void
show_failure (BackstayIntegrityView *self,
              const GError          *error)
{
  g_autoptr (GError) late = NULL;

  if (!g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_TIMEOUT))
    {
      backstay_page_show_failure (self->page, error);
      return;
    }

  g_set_error (&late, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_TIMEOUT,
               _ ("The check took more than %d seconds and was ended, so that it is not in anybody's way. The table may "
                  "lack its indexes: look under Database."),
               BACKSTAY_REPOSITORY_CHECK_SECONDS);
  backstay_page_show_failure (self->page, late);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BackstayIntegrityView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;

  issues = backstay_repository_check_integrity_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);

  if (self->again)
    {
      load (self);
      return;
    }

  if (issues == NULL)
    {
      self->failed = TRUE;
      show_failure (self, error);
      return;
    }

  if (self->failed)
    backstay_notice_hide (backstay_page_get_notice (self->page));

  if (self->failed || !is_same (self->issues, issues))
    {
      self->failed = FALSE;
      g_clear_pointer (&self->issues, g_ptr_array_unref);
      self->issues = g_steal_pointer (&issues);
      show_issues (self);
    }

  g_signal_emit (self, signals[SIGNAL_CHECKED], 0);
}

static void
load (BackstayIntegrityView *self)
{
  stop (self);
  self->cancellable = g_cancellable_new ();
  backstay_repository_check_integrity_async (self->repository, self->cancellable, checked_cb, self);
}

static gboolean
backstay_integrity_view_grab_focus (GtkWidget *widget)
{
  BackstayIntegrityView *self = BACKSTAY_INTEGRITY_VIEW (widget);

  /* While it is on its way, there is nothing but the page. */
  return backstay_focus_into (GTK_WIDGET (self->issues_box)) ||
         backstay_focus_into (GTK_WIDGET (self->page));
}

static void
backstay_integrity_view_map (GtkWidget *widget)
{
  BackstayIntegrityView *self = BACKSTAY_INTEGRITY_VIEW (widget);

  if (self->outdated)
    show_rows (self);

  GTK_WIDGET_CLASS (backstay_integrity_view_parent_class)->map (widget);
}

static void
backstay_integrity_view_set_property (GObject      *object,
                                      guint         prop_id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_FOLDED:
      g_object_set_property (G_OBJECT (BACKSTAY_INTEGRITY_VIEW (object)->page), "folded", value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_integrity_view_dispose (GObject *object)
{
  BackstayIntegrityView *self = BACKSTAY_INTEGRITY_VIEW (object);

  stop (self);
  g_clear_object (&self->repository);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->undo, backstay_repair_unref);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_INTEGRITY_VIEW);

  G_OBJECT_CLASS (backstay_integrity_view_parent_class)->dispose (object);
}

static void
install_signals (BackstayIntegrityViewClass *klass)
{
  /**
   * BackstayIntegrityView::checked:
   *
   * Emitted when the table was looked at.
   */
  signals[SIGNAL_CHECKED] =
    g_signal_new ("checked",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * BackstayIntegrityView::repaired:
   *
   * Emitted when something in the table may not be as it was.
   */
  signals[SIGNAL_REPAIRED] =
    g_signal_new ("repaired",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * BackstayIntegrityView::version-activated:
   * @version: a version
   *
   * Emitted when the user wants to see a version.
   */
  signals[SIGNAL_VERSION_ACTIVATED] =
    g_signal_new ("version-activated",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BACKSTAY_TYPE_VERSION);
}

static void
backstay_integrity_view_class_init (BackstayIntegrityViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_integrity_view_dispose;
  object_class->set_property = backstay_integrity_view_set_property;
  widget_class->grab_focus = backstay_integrity_view_grab_focus;
  widget_class->map = backstay_integrity_view_map;

  /**
   * BackstayIntegrityView:folded:
   *
   * Whether the view stands alone, so that it needs a way back.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (klass);

  g_type_ensure (BACKSTAY_TYPE_PAGE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-integrity-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayIntegrityView, page);
  gtk_widget_class_bind_template_child (widget_class, BackstayIntegrityView, issues_box);
  gtk_widget_class_bind_template_callback (widget_class, notice_clicked_cb);
  gtk_widget_class_install_action (widget_class, "integrity.undo", NULL, undo_action);
}

static void
backstay_integrity_view_init (BackstayIntegrityView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_integrity_view_show:
 * @repository: (nullable): the server; %NULL for none
 *
 * Says where to look. It looks with backstay_integrity_view_reload().
 */
void
backstay_integrity_view_show (BackstayIntegrityView *self,
                              BackstayRepository    *repository)
{
  g_return_if_fail (BACKSTAY_IS_INTEGRITY_VIEW (self));

  stop (self);
  g_set_object (&self->repository, repository);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->undo, backstay_repair_unref);
  backstay_notice_hide (backstay_page_get_notice (self->page));
  gtk_widget_set_sensitive (GTK_WIDGET (self->issues_box), TRUE);
  self->failed = FALSE;
  backstay_page_show_loading (self->page);
  clear_rows (self);
  self->outdated = FALSE;
}

/**
 * backstay_integrity_view_reload:
 *
 * Looks again; after what it is at, where it is at work.
 */
void
backstay_integrity_view_reload (BackstayIntegrityView *self)
{
  g_return_if_fail (BACKSTAY_IS_INTEGRITY_VIEW (self));

  if (self->cancellable != NULL)
    self->again = !self->repairing;
  else if (self->repository != NULL)
    load (self);
}

/**
 * backstay_integrity_view_get_loading:
 *
 * Returns: whether the server is at it
 */
gboolean
backstay_integrity_view_get_loading (BackstayIntegrityView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_INTEGRITY_VIEW (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * backstay_integrity_view_get_n_issues:
 *
 * Returns: how many things were found
 */
guint
backstay_integrity_view_get_n_issues (BackstayIntegrityView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_INTEGRITY_VIEW (self), 0);

  return self->issues != NULL ? self->issues->len : 0;
}
