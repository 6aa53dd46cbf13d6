/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BackstayLineReader BackstayLineReader;

BackstayLineReader *backstay_line_reader_new (const char *path,
                                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void                backstay_line_reader_free (BackstayLineReader *self);
goffset             backstay_line_reader_get_size (BackstayLineReader *self);
gboolean            backstay_line_reader_next (BackstayLineReader *self,
                                               GCancellable       *cancellable,
                                               GBytes            **line,
                                               goffset            *offset,
                                               GError            **error);
GBytes             *backstay_line_reader_read_at (BackstayLineReader *self,
                                                  goffset             offset,
                                                  gsize               length,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayLineReader, backstay_line_reader_free)

G_END_DECLS
