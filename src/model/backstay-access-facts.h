/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"

G_BEGIN_DECLS

/**
 * BackstayAccessFactKind:
 * @BACKSTAY_ACCESS_FACT_GOOD: as it should be
 * @BACKSTAY_ACCESS_FACT_NEUTRAL: one may want to know it
 * @BACKSTAY_ACCESS_FACT_BAD: something should be done about it
 *
 * How a fact is to be taken.
 */
typedef enum
{
  BACKSTAY_ACCESS_FACT_GOOD,
  BACKSTAY_ACCESS_FACT_NEUTRAL,
  BACKSTAY_ACCESS_FACT_BAD,
} BackstayAccessFactKind;

/**
 * BackstayAccessFact:
 * @kind: how it is to be taken
 * @title: what it is about
 * @text: what is so, and what can be done about it
 * @sql: (nullable): statements that would change it
 *
 * One thing that decides what somebody sees and may do on a server.
 */
typedef struct
{
  BackstayAccessFactKind kind;
  const char            *title;
  char                  *text;
  char                  *sql;
} BackstayAccessFact;

GPtrArray  *backstay_access_list_facts (BackstayAccess *access) G_GNUC_WARN_UNUSED_RESULT;
const char *backstay_access_describe_security (BackstayAccess *access);

G_END_DECLS
