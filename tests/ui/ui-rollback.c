/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "ui-rollback"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-notice.h"
#include "backstay-rollback-dialog.h"

/* Opens the dialog for a version of the type that is shown. */
gpointer
ui_open_rollback (BackstayWindow *window,
                  const char     *config_name)
{
  g_autofree char *id = ui_dup_id (config_name);
  gpointer         dialog;

  ui_select_version (window, id);
  g_assert_true (ui_press (window, GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_ROLLBACK_DIALOG);
  ui_wait_until_idle (dialog);

  return dialog;
}

/* Waits until the dialog does not wait for the server. */
void
ui_wait_until_idle (gpointer dialog)
{
  ui_wait_until (!backstay_rollback_dialog_get_busy (BACKSTAY_ROLLBACK_DIALOG (dialog)));
  ui_wait_frames (dialog, 1);
}

/* Asks for the rollback, and does not wait for it. */
void
ui_roll_back (gpointer    dialog,
              const char *reason)
{
  ui_type (ui_find (dialog, "reason_row"), reason);
  ui_click (ui_find (dialog, "roll_back_button"));
}

/* Tells what a window's notice says, NULL where it says nothing. */
const char *
ui_get_notice (gpointer root)
{
  return backstay_notice_get_text (BACKSTAY_NOTICE (ui_find (root, "notice")));
}

/* One text for all that is in the table. */
char *
ui_dup_checksum (void)
{
  return support_sql_query (support_server_get_sql (),
                            "SELECT md5(string_agg(h::text, ' ' ORDER BY id)) FROM model_config_history h");
}
