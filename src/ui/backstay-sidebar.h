/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-type-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BackstaySidebarPlace:
 * @BACKSTAY_SIDEBAR_OVERVIEW: what is live, of all model types
 * @BACKSTAY_SIDEBAR_RECENT: what was made lately, of all model types
 * @BACKSTAY_SIDEBAR_AUDIT: who did what
 * @BACKSTAY_SIDEBAR_INTEGRITY: what should not be in the table
 * @BACKSTAY_SIDEBAR_DATABASE: what the database has of what it should have
 * @BACKSTAY_SIDEBAR_TYPE: one model type, or nothing yet
 *
 * What is selected in the sidebar.
 */
typedef enum
{
  BACKSTAY_SIDEBAR_OVERVIEW,
  BACKSTAY_SIDEBAR_RECENT,
  BACKSTAY_SIDEBAR_AUDIT,
  BACKSTAY_SIDEBAR_INTEGRITY,
  BACKSTAY_SIDEBAR_DATABASE,
  BACKSTAY_SIDEBAR_TYPE,
} BackstaySidebarPlace;

#define BACKSTAY_TYPE_SIDEBAR (backstay_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (BackstaySidebar, backstay_sidebar, BACKSTAY, SIDEBAR, GtkWidget)

void                 backstay_sidebar_set_types (BackstaySidebar  *self,
                                                 BackstayTypeList *types);
void                 backstay_sidebar_set_access (BackstaySidebar *self,
                                                  BackstayAccess  *access,
                                                  const char      *server);
void                 backstay_sidebar_set_lost (BackstaySidebar *self,
                                                gboolean         lost);
void                 backstay_sidebar_set_count (BackstaySidebar     *self,
                                                 BackstaySidebarPlace place,
                                                 guint                count);
void                 backstay_sidebar_set_warning (BackstaySidebar *self,
                                                   const char      *warning);
void                 backstay_sidebar_select (BackstaySidebar *self,
                                              guint            position);
BackstayModelType   *backstay_sidebar_get_selected (BackstaySidebar *self);
void                 backstay_sidebar_select_place (BackstaySidebar     *self,
                                                    BackstaySidebarPlace place);
BackstaySidebarPlace backstay_sidebar_get_place (BackstaySidebar *self);

G_END_DECLS
