/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include <sys/types.h>

G_BEGIN_DECLS

pid_t    process_fixture_find_below (const char *directory);
pid_t    process_fixture_find_keeper (const char *directory);
void     process_fixture_assert_gone (const char *directory);
gboolean process_fixture_has_tcp_socket (pid_t       pid,
                                         const char *tcp_path);

G_END_DECLS
