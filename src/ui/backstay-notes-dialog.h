/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_NOTES_DIALOG (backstay_notes_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BackstayNotesDialog, backstay_notes_dialog, BACKSTAY, NOTES_DIALOG, AdwWindow)

BackstayNotesDialog *backstay_notes_dialog_new (GtkWindow          *parent,
                                                BackstayRepository *repository,
                                                BackstayVersion    *version) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_notes_dialog_end_session (BackstayNotesDialog *self);

G_END_DECLS
