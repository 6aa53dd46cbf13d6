/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-server-row"

#include "config.h"

#include "backstay-server-row.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayServerRow:
 *
 * A saved server: its color, in words too where it has a meaning, its name, and where it is. What its menu
 * and its keys do is done by actions of the list around it, which are told the server's id.
 */
struct _BackstayServerRow
{
  AdwActionRow parent_instance;

  BackstayServer *server;

  /* Template children */
  GtkWidget     *swatch;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (BackstayServerRow, backstay_server_row, ADW_TYPE_ACTION_ROW)

/* "server.edit" of a row is "servers.edit" of the list. */
static void
list_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayServerRow *self = BACKSTAY_SERVER_ROW (widget);
  g_autofree char   *name = g_strconcat ("servers.", strchr (action_name, '.') + 1, NULL);

  gtk_widget_activate_action (widget, name, "s", backstay_server_get_id (self->server));
}

static void
backstay_server_row_dispose (GObject *object)
{
  g_clear_object (&BACKSTAY_SERVER_ROW (object)->server);

  G_OBJECT_CLASS (backstay_server_row_parent_class)->dispose (object);
}

static void
backstay_server_row_class_init (BackstayServerRowClass *klass)
{
  static const char *const actions[] = {
    "server.edit", "server.duplicate", "server.move-up", "server.move-down", "server.remove"
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = backstay_server_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-server-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayServerRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerRow, menu_button);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, list_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "server.move-up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "server.move-down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "server.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "server.edit", NULL);
}

static void
backstay_server_row_init (BackstayServerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
dup_subtitle (BackstayServer *server)
{
  const char      *user = backstay_server_get_text (server, BACKSTAY_SERVER_USER);
  const char      *meaning = backstay_server_color_get_label (backstay_server_get_color (server));
  g_autofree char *place = backstay_server_dup_place (server);
  GString         *subtitle = g_string_new (meaning);

  if (meaning != NULL)
    g_string_append (subtitle, " · ");
  g_string_append (subtitle, place);

  if (user[0] != '\0')
    {
      g_string_append (subtitle, " · ");
      /* Translators: %s is a login. */
      g_string_append_printf (subtitle, _ ("as %s"), user);
    }

  if (backstay_server_get_safe_mode (server) == BACKSTAY_DB_SAFE_MODE_NO_WRITES)
    {
      g_string_append (subtitle, " · ");
      g_string_append (subtitle, _ ("no writes"));
    }

  return g_string_free (subtitle, FALSE);
}

/**
 * backstay_server_row_new:
 * @server: a server
 *
 * Returns: (transfer floating): its row
 */
BackstayServerRow *
backstay_server_row_new (BackstayServer *server)
{
  BackstayServerRow *self = g_object_new (BACKSTAY_TYPE_SERVER_ROW, NULL);
  g_autofree char   *name = NULL;
  g_autofree char   *subtitle = NULL;
  g_autofree char   *shown_subtitle = NULL;
  g_autofree char   *menu_label = NULL;

  g_return_val_if_fail (BACKSTAY_IS_SERVER (server), NULL);

  self->server = g_object_ref (server);
  name = backstay_display_text (backstay_server_get_text (server, BACKSTAY_SERVER_NAME));
  subtitle = dup_subtitle (server);
  shown_subtitle = backstay_display_text (subtitle);
  /* Translators: %s is a server's name. */
  menu_label = g_strdup_printf (_ ("More about %s"), name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), shown_subtitle);
  gtk_widget_add_css_class (self->swatch, backstay_server_color_get_class (backstay_server_get_color (server)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, menu_label,
                                  -1);

  return self;
}

/**
 * backstay_server_row_get_server:
 *
 * Returns: (transfer none): its server
 */
BackstayServer *
backstay_server_row_get_server (BackstayServerRow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER_ROW (self), NULL);

  return self->server;
}

/**
 * backstay_server_color_get_class:
 * @color: a color
 *
 * Returns: (transfer none): the style class for it
 */
const char *
backstay_server_color_get_class (BackstayServerColor color)
{
  static const char *const classes[BACKSTAY_SERVER_N_COLORS] = {
    "server-none",
    "server-red",
    "server-orange",
    "server-green",
    "server-blue",
    "server-purple",
  };

  g_return_val_if_fail (color < BACKSTAY_SERVER_N_COLORS, classes[0]);

  return classes[color];
}
