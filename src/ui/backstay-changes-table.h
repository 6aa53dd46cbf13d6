/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-change-sums.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_CHANGES_TABLE (backstay_changes_table_get_type ())

G_DECLARE_FINAL_TYPE (BackstayChangesTable, backstay_changes_table, BACKSTAY, CHANGES_TABLE, GtkWidget)

void backstay_changes_table_set_sums (BackstayChangesTable *self,
                                      BackstayChangeSums   *sums);

G_END_DECLS
