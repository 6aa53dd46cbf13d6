/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayLocalEvent:
 * @BACKSTAY_LOCAL_EVENT_WAITING: another keeper holds the folder and may be about to end
 * @BACKSTAY_LOCAL_EVENT_CREATING: the cluster is being made
 * @BACKSTAY_LOCAL_EVENT_STARTING: the server is starting
 * @BACKSTAY_LOCAL_EVENT_READY: the server takes connections: the socket's folder, the port
 * @BACKSTAY_LOCAL_EVENT_NO_USER: PostgreSQL refuses root, and there is nobody else to become
 * @BACKSTAY_LOCAL_EVENT_NO_ACCESS: the folder cannot be used: its path, the error's number
 * @BACKSTAY_LOCAL_EVENT_NO_SPACE: no room is left: the folder
 * @BACKSTAY_LOCAL_EVENT_IN_USE: another keeper holds the folder: its path
 * @BACKSTAY_LOCAL_EVENT_NOT_FOUND: PostgreSQL's programs are not installed
 * @BACKSTAY_LOCAL_EVENT_TOO_OLD: only such programs are: their version, the oldest that will do
 * @BACKSTAY_LOCAL_EVENT_OTHER_VERSION: the cluster is of another major version: the folder, its
 *   version, the versions that are installed
 * @BACKSTAY_LOCAL_EVENT_NOT_A_CLUSTER: the folder holds something else: its path
 * @BACKSTAY_LOCAL_EVENT_NOT_CREATED: making the cluster failed: the folder, PostgreSQL's words
 * @BACKSTAY_LOCAL_EVENT_NOT_STARTED: the server ended at once: its log file, its last words
 * @BACKSTAY_LOCAL_EVENT_TIMED_OUT: the server did not become ready: its log file
 * @BACKSTAY_LOCAL_EVENT_LOST: the server ended unasked: its log file, its last words
 *
 * What the keeper tells Backstay, with what arguments. One event is one line on the keeper's
 * standard output.
 */
typedef enum
{
  BACKSTAY_LOCAL_EVENT_WAITING,
  BACKSTAY_LOCAL_EVENT_CREATING,
  BACKSTAY_LOCAL_EVENT_STARTING,
  BACKSTAY_LOCAL_EVENT_READY,
  BACKSTAY_LOCAL_EVENT_NO_USER,
  BACKSTAY_LOCAL_EVENT_NO_ACCESS,
  BACKSTAY_LOCAL_EVENT_NO_SPACE,
  BACKSTAY_LOCAL_EVENT_IN_USE,
  BACKSTAY_LOCAL_EVENT_NOT_FOUND,
  BACKSTAY_LOCAL_EVENT_TOO_OLD,
  BACKSTAY_LOCAL_EVENT_OTHER_VERSION,
  BACKSTAY_LOCAL_EVENT_NOT_A_CLUSTER,
  BACKSTAY_LOCAL_EVENT_NOT_CREATED,
  BACKSTAY_LOCAL_EVENT_NOT_STARTED,
  BACKSTAY_LOCAL_EVENT_TIMED_OUT,
  BACKSTAY_LOCAL_EVENT_LOST,
} BackstayLocalEvent;

gboolean backstay_local_event_report (BackstayLocalEvent event,
                                      ...) G_GNUC_NULL_TERMINATED;
gboolean backstay_local_event_report_path (const char *path,
                                           int         error_number);
gboolean backstay_local_event_parse (const char         *line,
                                     BackstayLocalEvent *event,
                                     GStrv              *arguments);

G_END_DECLS
