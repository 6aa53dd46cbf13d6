/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-list.h"
#include "backstay-history-query.h"

G_BEGIN_DECLS

/* What the parts of the list share. */

/* A list view makes some 205 rows whatever it shows; one page should fill them. */
#define BACKSTAY_HISTORY_LIST_PAGE_SIZE 256

struct _BackstayHistoryList
{
  GObject parent_instance;

  BackstayHistoryQuery *query;
  guint                 n_matches; /* Of its filter. */
  GPtrArray            *items;
  GCancellable         *cancellable; /* Non-%NULL while a page is in flight. */
  GError               *error;
  guint                 max_items;        /* It has no more, where it is a part of the history. */
  GCancellable         *look_cancellable; /* Non-%NULL while it looks what is new. */
  GPtrArray            *first_page;       /* What is there now, where it is not what is shown. */
  guint                 first_page_n_matches;
  guint                 n_newer;
  guint                 at_end : 1;
  guint                 reloading : 1; /* The page in flight replaces the list. */
  guint                 has_gaps : 1;  /* The list was loaded with a filter. */
};

/* In backstay-history-list-news.c */
void backstay_history_list_set_outdated (BackstayHistoryList *self,
                                         GPtrArray           *first_page,
                                         guint                n_newer);
void backstay_history_list_stop_looking (BackstayHistoryList *self);

G_END_DECLS
