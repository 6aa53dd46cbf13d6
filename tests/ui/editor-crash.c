/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "editor-crash"

#include "config.h"

#include "backstay-draft-file.h"

/* Writes a draft as an editor does, and has it open until somebody kills it. */
int
main (int   argc,
      char *argv[])
{
  g_autoptr (BackstayDraft) draft = backstay_draft_new ();
  g_autoptr (BackstayDraftFile) file = backstay_draft_file_new (draft->id);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_assert_cmpint (argc, ==, 4);
  draft->identity = g_strdup (argv[1]);
  draft->server = g_strdup (argv[2]);
  draft->model_type = g_strdup ("sdxl");
  draft->config_name = g_strdup ("after the crash");
  draft->notes = g_strdup ("as it was");
  draft->text = g_strdup (argv[3]);
  backstay_draft_file_save_async (file, draft, NULL, NULL, NULL);
  g_main_loop_run (loop);

  return 0;
}
