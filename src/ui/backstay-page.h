/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-notice.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_PAGE (backstay_page_get_type ())

G_DECLARE_FINAL_TYPE (BackstayPage, backstay_page, BACKSTAY, PAGE, GtkWidget)

void            backstay_page_set_subtitle (BackstayPage *self,
                                            const char   *subtitle);
BackstayNotice *backstay_page_get_notice (BackstayPage *self);
void            backstay_page_show_loading (BackstayPage *self);
void            backstay_page_show_content (BackstayPage *self);
void            backstay_page_show_empty (BackstayPage *self,
                                          const char   *title,
                                          const char   *description);
void            backstay_page_show_failure (BackstayPage *self,
                                            const GError *error);
const char     *backstay_page_get_state (BackstayPage *self);

G_END_DECLS
