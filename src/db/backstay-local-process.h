/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-local-watch.h"

#include <sys/types.h>

G_BEGIN_DECLS

pid_t    backstay_local_process_spawn (const char *const *argv,
                                       int                input_fd,
                                       int                output_fd,
                                       int                death_signal);
gboolean backstay_local_process_has_ended (pid_t pid,
                                           int  *wait_status);
gboolean backstay_local_process_end (BackstayLocalWatch *watch,
                                     pid_t               pid,
                                     int                 signal_number,
                                     guint               milliseconds);
gboolean backstay_local_process_run (BackstayLocalWatch *watch,
                                     const char *const  *argv,
                                     const char         *input,
                                     char              **output);

G_END_DECLS
