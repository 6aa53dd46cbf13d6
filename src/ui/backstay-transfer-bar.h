/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-transfer-progress.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_TRANSFER_BAR (backstay_transfer_bar_get_type ())

G_DECLARE_FINAL_TYPE (BackstayTransferBar, backstay_transfer_bar, BACKSTAY, TRANSFER_BAR, GtkWidget)

BackstayTransferProgress *backstay_transfer_bar_start (BackstayTransferBar *self,
                                                       const char          *text);
void                      backstay_transfer_bar_stop (BackstayTransferBar *self);

G_END_DECLS
