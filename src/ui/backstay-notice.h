/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BackstayNoticeKind:
 * @BACKSTAY_NOTICE_INFO: something to know
 * @BACKSTAY_NOTICE_SUCCESS: something went well
 * @BACKSTAY_NOTICE_WARNING: something to look at
 * @BACKSTAY_NOTICE_ERROR: something went wrong
 *
 * How a notice is to be taken.
 */
typedef enum
{
  BACKSTAY_NOTICE_INFO,
  BACKSTAY_NOTICE_SUCCESS,
  BACKSTAY_NOTICE_WARNING,
  BACKSTAY_NOTICE_ERROR,
} BackstayNoticeKind;

#define BACKSTAY_TYPE_NOTICE (backstay_notice_get_type ())

G_DECLARE_FINAL_TYPE (BackstayNotice, backstay_notice, BACKSTAY, NOTICE, GtkWidget)

void        backstay_notice_show (BackstayNotice    *self,
                                  BackstayNoticeKind kind,
                                  const char        *text,
                                  const char        *button_label);
void        backstay_notice_hide (BackstayNotice *self);
const char *backstay_notice_get_text (BackstayNotice *self);

G_END_DECLS
