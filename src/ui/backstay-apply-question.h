/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *backstay_apply_question_new (GtkWindow  *parent,
                                        const char *server,
                                        const char *sql) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
