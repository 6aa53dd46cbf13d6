/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"
#include "backstay-type-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_AUDIT_VIEW (backstay_audit_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayAuditView, backstay_audit_view, BACKSTAY, AUDIT_VIEW, GtkWidget)

void     backstay_audit_view_show (BackstayAuditView  *self,
                                   BackstayRepository *repository,
                                   BackstayTypeList   *types);
void     backstay_audit_view_show_version (BackstayAuditView *self,
                                           BackstayVersion   *version);
void     backstay_audit_view_reload (BackstayAuditView *self);
gboolean backstay_audit_view_get_loading (BackstayAuditView *self);

G_END_DECLS
