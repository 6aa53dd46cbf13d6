/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-application.h"
#include "backstay-compare-window.h"
#include "backstay-keyring.h"
#include "backstay-local-server.h"
#include "backstay-window.h"

G_BEGIN_DECLS

/* What the parts of the application share. */

struct _BackstayApplication
{
  AdwApplication parent_instance;

  BackstayKeyring     *keyring; /* All windows', as it can keep passwords for this run. */
  BackstayLocalServer *server;
  BackstayDbConfig    *sample_config;   /* %NULL while the server does not run. */
  GPtrArray           *waiting_windows; /* For the server to run. */
  gboolean             throw_away;      /* Whether the sample data are gone afterwards. */
  int                  exit_status;
};

BackstayWindow        *backstay_application_create_window (BackstayApplication *self);
BackstayCompareWindow *backstay_application_create_compare_window (BackstayApplication *self);

/* In backstay-application-sample.c */
void backstay_application_show_sample (BackstayApplication *self,
                                       BackstayWindow      *window);

/* In backstay-application-command-line.c */
void backstay_application_add_options (GApplication *application);
int  backstay_application_command_line (GApplication            *application,
                                        GApplicationCommandLine *command_line);
int  backstay_application_handle_local_options (GApplication *application,
                                                GVariantDict *options);

G_END_DECLS
