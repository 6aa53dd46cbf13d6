/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-database-view.h"
#include "backstay-finding-row.h"
#include "backstay-page.h"

G_BEGIN_DECLS

/* What the parts of the view share. */

struct _BackstayDatabaseView
{
  GtkWidget parent_instance;

  BackstayRepository *repository; /* %NULL while there is nothing to see. */
  char               *server;
  GPtrArray          *findings;    /* (nullable): Of BackstayFinding. */
  GCancellable       *cancellable; /* Non-%NULL while the server is at it. */
  GCancellable       *saving;      /* Likewise, of the disk. */
  GtkNativeDialog    *chooser;     /* (nullable) */
  char               *applied;     /* The title of what was just applied, until it was looked at again. */
  gboolean            outdated;    /* Whether the rows are not those of the findings yet. */

  /* Template children */
  BackstayPage *page;
  GtkLabel     *summary_label;
  GtkBox       *groups_box;
};

void backstay_database_view_load (BackstayDatabaseView *self);

/* In backstay-database-view-fix.c */
void backstay_database_view_save (BackstayDatabaseView *self,
                                  BackstayFindingRow   *row);
void backstay_database_view_apply (BackstayDatabaseView *self,
                                   BackstayFindingRow   *row);

G_END_DECLS
