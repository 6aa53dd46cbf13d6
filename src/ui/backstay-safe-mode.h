/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean backstay_safe_mode_holds (GtkWidget          *widget,
                                   const char         *action_name,
                                   BackstayRepository *repository,
                                   const char         *text);

G_END_DECLS
