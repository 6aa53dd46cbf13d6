/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "support-proxy"
#define _GNU_SOURCE /* For memmem(). */

#include "config.h"

#include "support-proxy.h"

#include "support-server.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SOCKET_NAME ".s.PGSQL.5432"

typedef struct
{
  SupportFault     fault;
  guint            countdown; /* Round trips until it happens. */
  SupportProxyFunc func;
  gpointer         user_data;
} Plan;

struct _SupportProxy
{
  char      *directory;
  int        listen_fd;
  int        stop_pipe[2]; /* Readable for all threads once its other end is closed. */
  GThread   *thread;
  GPtrArray *links; /* Of GThread; the listening thread's. */
  int        pools; /* Atomic. */

  GMutex mutex; /* For what follows. */
  GQueue plans; /* One after another. */
};

/* One client's connection. */
typedef struct
{
  SupportProxy *proxy;
  int           client_fd;
  int           server_fd;
  GByteArray   *input; /* From the client, as far as it is no whole message yet. */
  gboolean      started;
  gboolean      deaf; /* The client gets no more answers. */
  gboolean      cut;  /* The line breaks with the server's next complete answer. */
} Link;

static struct sockaddr_un
make_address (const char *directory)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_assert_cmpint (
    g_snprintf (address.sun_path, sizeof address.sun_path, "%s/%s", directory, SOCKET_NAME), <,
    (int) sizeof address.sun_path);

  return address;
}

static gboolean
write_all (int           fd,
           const guint8 *data,
           gsize         length)
{
  while (length > 0)
    {
      gssize n = send (fd, data, length, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;

      data += n;
      length -= (gsize) n;
    }

  return TRUE;
}

/* Gives what happens to this round trip. */
static Plan
count_round_trip (SupportProxy *self)
{
  Plan  due = { SUPPORT_FAULT_NONE, 0, NULL, NULL };
  Plan *plan;

  g_mutex_lock (&self->mutex);
  plan = g_queue_peek_head (&self->plans);
  if (plan != NULL && --plan->countdown == 0)
    {
      due = *plan;
      g_free (g_queue_pop_head (&self->plans));
    }
  g_mutex_unlock (&self->mutex);

  return due;
}

/* What to do before the message that ends a round trip. Gives whether the line goes on. */
static gboolean
sync_comes (Link *link)
{
  Plan due = count_round_trip (link->proxy);

  switch (due.fault)
    {
    case SUPPORT_FAULT_CUT_BEFORE:
      return FALSE;

    case SUPPORT_FAULT_CUT_AFTER:
      link->deaf = TRUE;
      link->cut = TRUE;
      return TRUE;

    case SUPPORT_FAULT_HANG_BEFORE:
      link->deaf = TRUE;
      close (link->server_fd);
      link->server_fd = -1;
      return TRUE;

    case SUPPORT_FAULT_HANG_AFTER:
      link->deaf = TRUE;
      return TRUE;

    case SUPPORT_FAULT_CALL_BEFORE:
      due.func (due.user_data);
      return TRUE;

    case SUPPORT_FAULT_NONE:
    default:
      return TRUE;
    }
}

/* The length of the message that begins at the offset, 0 while it is not there as a whole. */
static gsize
get_message_length (Link *link,
                    gsize offset)
{
  gsize   available = link->input->len - offset;
  gsize   header = link->started ? 1 : 0; /* Only the first message has no type. */
  guint32 length;

  if (available < header + sizeof length)
    return 0;

  memcpy (&length, link->input->data + offset + header, sizeof length);
  length = GUINT32_FROM_BE (length);

  return available < header + length ? 0 : header + length;
}

/* A round trip is held back until it is whole, so that all of it or nothing reaches the server. */
static gboolean
forward_input (Link *link)
{
  gsize end = 0;
  gsize length;

  while ((length = get_message_length (link, end)) > 0)
    {
      char type = link->started ? (char) link->input->data[end] : '\0';

      end += length;

      if (type != '\0' && strchr ("PBDEC", type) != NULL)
        continue;

      if (type == 'S' && !sync_comes (link))
        return FALSE;

      link->started = TRUE;

      if (link->server_fd >= 0 && !write_all (link->server_fd, link->input->data, end))
        return FALSE;

      g_byte_array_remove_range (link->input, 0, (guint) end);
      end = 0;
    }

  return TRUE;
}

static gboolean
take_from_client (Link *link)
{
  guint8 buffer[65536];
  gssize n = read (link->client_fd, buffer, sizeof buffer);

  if (n <= 0)
    return FALSE;

  g_byte_array_append (link->input, buffer, (guint) n);

  return forward_input (link);
}

/* A pooler tells each client another process than the one that will answer. The message that names
 * it comes with others when a connection begins, and is recognised by its type and length. */
static void
change_pid (guint8 *data,
            gsize   n)
{
  static const guint8 head[] = { 'K', 0, 0, 0, 12 };
  guint8             *message = memmem (data, n, head, sizeof head);

  if (message != NULL)
    message[sizeof head] ^= 0x40;
}

/* An answer is complete with ReadyForQuery, which is the last thing that a server says for now. */
static gboolean
take_from_server (Link *link)
{
  guint8 buffer[65536];
  gssize n = read (link->server_fd, buffer, sizeof buffer);

  if (n <= 0)
    return FALSE;

  if (g_atomic_int_get (&link->proxy->pools))
    change_pid (buffer, (gsize) n);

  if (!link->deaf)
    return write_all (link->client_fd, buffer, (gsize) n);

  return !(link->cut && n >= 6 && buffer[n - 6] == 'Z');
}

static gpointer
link_thread (gpointer data)
{
  Link    *link = data;
  gboolean going_on = TRUE;

  while (going_on)
    {
      struct pollfd fds[] = {
        { link->proxy->stop_pipe[0], POLLIN, 0 },
        { link->client_fd, POLLIN, 0 },
        { link->server_fd, POLLIN, 0 },
      };

      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0)
        continue;

      if (fds[0].revents != 0)
        break;
      if (fds[1].revents != 0)
        going_on = take_from_client (link);
      if (going_on && link->server_fd >= 0 && fds[2].revents != 0)
        going_on = take_from_server (link);
    }

  close (link->client_fd);
  if (link->server_fd >= 0)
    close (link->server_fd);
  g_byte_array_unref (link->input);
  g_free (link);

  return NULL;
}

static void
start_link (SupportProxy *self,
            int           client_fd)
{
  struct sockaddr_un address = make_address (support_server_get_directory ());
  Link              *link = g_new0 (Link, 1);

  link->proxy = self;
  link->client_fd = client_fd;
  link->server_fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  link->input = g_byte_array_new ();
  g_assert_cmpint (connect (link->server_fd, (struct sockaddr *) &address, sizeof address), ==, 0);

  g_ptr_array_add (self->links, g_thread_new ("proxy-link", link_thread, link));
}

static gpointer
listen_thread (gpointer data)
{
  SupportProxy *self = data;

  for (;;)
    {
      struct pollfd fds[] = {
        { self->stop_pipe[0], POLLIN, 0 },
        { self->listen_fd, POLLIN, 0 },
      };
      int client_fd;

      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0)
        continue;

      if (fds[0].revents != 0)
        break;

      if ((client_fd = accept (self->listen_fd, NULL, NULL)) >= 0)
        start_link (self, client_fd);
    }

  for (guint i = 0; i < self->links->len; i++)
    g_thread_join (g_ptr_array_index (self->links, i));

  return NULL;
}

SupportProxy *
support_proxy_new (void)
{
  SupportProxy      *self = g_new0 (SupportProxy, 1);
  struct sockaddr_un address;

  g_mutex_init (&self->mutex);
  g_queue_init (&self->plans);
  self->links = g_ptr_array_new ();
  self->directory = g_dir_make_tmp ("backstay-proxy-XXXXXX", NULL);
  g_assert_nonnull (self->directory);
  g_assert_cmpint (pipe (self->stop_pipe), ==, 0);

  address = make_address (self->directory);
  self->listen_fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listen_fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->listen_fd, 16), ==, 0);
  self->thread = g_thread_new ("proxy", listen_thread, self);

  return self;
}

/* Breaks all connections. */
void
support_proxy_free (SupportProxy *self)
{
  g_autofree char *path = g_build_filename (self->directory, SOCKET_NAME, NULL);

  close (self->stop_pipe[1]);
  g_thread_join (self->thread);
  close (self->stop_pipe[0]);
  close (self->listen_fd);
  g_unlink (path);
  g_rmdir (self->directory);

  g_queue_clear_full (&self->plans, g_free);
  g_ptr_array_unref (self->links);
  g_mutex_clear (&self->mutex);
  g_free (self->directory);
  g_free (self);
}

/* How to reach the server through the proxy. */
BackstayDbConfig *
support_proxy_dup_config (SupportProxy *self)
{
  return backstay_db_config_new_for_socket (self->directory, 5432, "backstay", "backstay");
}

static void
plan (SupportProxy    *self,
      gboolean         after_others,
      guint            round_trip,
      SupportFault     fault,
      SupportProxyFunc func,
      gpointer         user_data)
{
  Plan *new_plan = g_new0 (Plan, 1);

  g_assert (round_trip > 0);
  new_plan->fault = fault;
  new_plan->countdown = round_trip;
  new_plan->func = func;
  new_plan->user_data = user_data;

  g_mutex_lock (&self->mutex);
  if (!after_others)
    g_queue_clear_full (&self->plans, g_free);
  g_queue_push_tail (&self->plans, new_plan);
  g_mutex_unlock (&self->mutex);
}

/* Lets a coming round trip go wrong, counted from 1. */
void
support_proxy_arm (SupportProxy *self,
                   guint         round_trip,
                   SupportFault  fault)
{
  plan (self, FALSE, round_trip, fault, NULL, NULL);
}

/* Calls a function before a coming round trip reaches the server. */
void
support_proxy_arm_call (SupportProxy    *self,
                        guint            round_trip,
                        SupportProxyFunc func,
                        gpointer         user_data)
{
  plan (self, FALSE, round_trip, SUPPORT_FAULT_CALL_BEFORE, func, user_data);
}

/* The same for one that comes after what was planned already, counted from there. */
void
support_proxy_arm_next (SupportProxy *self,
                        guint         round_trip,
                        SupportFault  fault)
{
  plan (self, TRUE, round_trip, fault, NULL, NULL);
}

void
support_proxy_arm_next_call (SupportProxy    *self,
                             guint            round_trip,
                             SupportProxyFunc func,
                             gpointer         user_data)
{
  plan (self, TRUE, round_trip, SUPPORT_FAULT_CALL_BEFORE, func, user_data);
}

/* Lets the connections that come look as if a pooler were between. */
void
support_proxy_pretend_to_pool (SupportProxy *self)
{
  g_atomic_int_set (&self->pools, TRUE);
}

/* Whether all that was planned has happened. */
gboolean
support_proxy_has_fired (SupportProxy *self)
{
  gboolean fired;

  g_mutex_lock (&self->mutex);
  fired = g_queue_is_empty (&self->plans);
  g_mutex_unlock (&self->mutex);

  return fired;
}
