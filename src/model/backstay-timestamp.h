/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GDateTime *backstay_timestamp_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;
int        backstay_timestamp_compare (const char *a,
                                       const char *b);
char      *backstay_timestamp_dup_relative (const char *text,
                                            GDateTime  *now) G_GNUC_WARN_UNUSED_RESULT;
char      *backstay_timestamp_dup_exact (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char      *backstay_timestamp_dup_short (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char      *backstay_timestamp_dup_age (const char *text,
                                       GDateTime  *now) G_GNUC_WARN_UNUSED_RESULT;
char      *backstay_timestamp_dup_heading (const char *text,
                                           GDateTime  *now) G_GNUC_WARN_UNUSED_RESULT;
GDateTime *backstay_timestamp_parse_day (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char      *backstay_timestamp_dup_day (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
char      *backstay_timestamp_dup_sql (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
