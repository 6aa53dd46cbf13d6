/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_VERSION_CHOOSER (backstay_version_chooser_get_type ())

G_DECLARE_FINAL_TYPE (BackstayVersionChooser, backstay_version_chooser, BACKSTAY, VERSION_CHOOSER, AdwWindow)

BackstayVersionChooser *backstay_version_chooser_new (GtkWindow          *parent,
                                                      BackstayRepository *repository,
                                                      BackstayVersion    *version) G_GNUC_WARN_UNUSED_RESULT;
BackstayVersion        *backstay_version_chooser_get_version (BackstayVersionChooser *self);

G_END_DECLS
