/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-secrets.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_KEYRING (backstay_keyring_get_type ())

G_DECLARE_FINAL_TYPE (BackstayKeyring, backstay_keyring, BACKSTAY, KEYRING, GObject)

BackstayKeyring *backstay_keyring_new (void) G_GNUC_WARN_UNUSED_RESULT;
void             backstay_keyring_set_patience (BackstayKeyring *self,
                                                guint            milliseconds);

G_END_DECLS
