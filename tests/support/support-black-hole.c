/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "support-black-hole"

#include "config.h"

#include "support-black-hole.h"

#include <gio/gio.h>

struct _SupportBlackHole
{
  GSocket *socket;
  guint16  port;
};

/* The kernel alone completes the handshake of a connection that nobody accepts. */
SupportBlackHole *
support_black_hole_new (void)
{
  SupportBlackHole *self = g_new0 (SupportBlackHole, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->socket, any, FALSE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->socket, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (self->socket, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  return self;
}

void
support_black_hole_free (SupportBlackHole *self)
{
  g_object_unref (self->socket);
  g_free (self);
}

/* Stops listening. */
void
support_black_hole_close (SupportBlackHole *self)
{
  g_socket_close (self->socket, NULL);
}

/* How to connect to it. */
BackstayDbConfig *
support_black_hole_dup_config (SupportBlackHole *self)
{
  g_autofree char  *uri = NULL;
  BackstayDbConfig *config;
  g_autoptr (GError) error = NULL;

  uri = g_strdup_printf (
    "postgresql://nobody@127.0.0.1:%u/nothing?sslmode=disable&gssencmode=disable", self->port);
  config = backstay_db_config_new_from_uri (uri, &error);
  g_assert_no_error (error);

  return config;
}
