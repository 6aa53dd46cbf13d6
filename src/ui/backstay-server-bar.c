/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-server-bar"

#include "config.h"

#include "backstay-server-bar.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-server-row.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayServerBar:
 *
 * A bar over the whole window, in sight for as long as it is connected to a server that one must not take
 * for another, or to one in a way that one should know of: its color, in words too; a connection that is
 * not as safe as it could be; how careful one wants to be. Nothing, where there is nothing to say.
 */
struct _BackstayServerBar
{
  GtkWidget parent_instance;

  BackstayServerColor color;

  /* Template children */
  GtkWidget *box;
  GtkLabel  *label;
};

G_DEFINE_FINAL_TYPE (BackstayServerBar, backstay_server_bar, GTK_TYPE_WIDGET)

static void
backstay_server_bar_dispose (GObject *object)
{
  backstay_compat_dispose_template (GTK_WIDGET (object), BACKSTAY_TYPE_SERVER_BAR);

  G_OBJECT_CLASS (backstay_server_bar_parent_class)->dispose (object);
}

static void
backstay_server_bar_class_init (BackstayServerBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = backstay_server_bar_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-server-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayServerBar, box);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerBar, label);
}

static void
backstay_server_bar_init (BackstayServerBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
append (GString    *text,
        const char *words)
{
  if (words == NULL)
    return;

  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, words);
}

static gboolean
is_weak (BackstayAccess *access)
{
  return access != NULL && access->login != NULL &&
         access->security != BACKSTAY_DB_SECURITY_LOCAL && access->security != BACKSTAY_DB_SECURITY_VERIFIED;
}

static const char *
get_safe_mode (BackstayServer *server)
{
  if (server == NULL)
    return NULL;

  switch (backstay_server_get_safe_mode (server))
    {
    case BACKSTAY_DB_SAFE_MODE_ASK:
      return _ ("Safe mode: asks before every write");
    case BACKSTAY_DB_SAFE_MODE_NO_WRITES:
      return _ ("Safe mode: no writes");
    case BACKSTAY_DB_SAFE_MODE_OFF:
    case BACKSTAY_DB_N_SAFE_MODES:
    default:
      return NULL;
    }
}

/**
 * backstay_server_bar_show:
 * @name: (nullable): what the server is called; %NULL where there is none
 * @server: (nullable): what the user saved of it
 * @access: (nullable): what was found out there
 *
 * Says what one should not forget while one is on a server.
 */
void
backstay_server_bar_show (BackstayServerBar *self,
                          const char        *name,
                          BackstayServer    *server,
                          BackstayAccess    *access)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char    *shown_name = name != NULL ? backstay_display_text (name) : NULL;
  BackstayServerColor color = server != NULL ? backstay_server_get_color (server) : BACKSTAY_SERVER_COLOR_NONE;
  const char         *safe_mode = get_safe_mode (server);
  gboolean            is_shown = name != NULL && (color != BACKSTAY_SERVER_COLOR_NONE || is_weak (access) || safe_mode != NULL);

  g_return_if_fail (BACKSTAY_IS_SERVER_BAR (self));

  gtk_widget_remove_css_class (self->box, backstay_server_color_get_class (self->color));
  self->color = color;
  gtk_widget_add_css_class (self->box, backstay_server_color_get_class (color));
  gtk_widget_set_visible (GTK_WIDGET (self), is_shown);

  /* Not "Production · Production". */
  if (g_strcmp0 (backstay_server_color_get_label (color), shown_name) != 0)
    append (text, backstay_server_color_get_label (color));
  append (text, shown_name);
  if (is_weak (access))
    append (text, backstay_access_get_security (access));
  append (text, safe_mode);
  gtk_label_set_label (self->label, is_shown ? text->str : "");
}

/**
 * backstay_server_bar_get_text:
 *
 * Returns: (transfer none): what it says; empty while it is not shown
 */
const char *
backstay_server_bar_get_text (BackstayServerBar *self)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER_BAR (self), NULL);

  return gtk_label_get_label (self->label);
}
