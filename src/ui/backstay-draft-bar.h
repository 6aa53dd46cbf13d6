/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_DRAFT_BAR (backstay_draft_bar_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDraftBar, backstay_draft_bar, BACKSTAY, DRAFT_BAR, GtkWidget)

void backstay_draft_bar_look (BackstayDraftBar *self,
                              const char       *server_key,
                              const char       *server,
                              const char       *identity);
void backstay_draft_bar_clear (BackstayDraftBar *self);

G_END_DECLS
