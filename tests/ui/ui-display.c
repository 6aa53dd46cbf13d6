/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "ui-display"

#include "config.h"

#include "ui-display.h"

#include "support-folder.h"

#include <gio/gio.h>

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Each test program has an X server and folders of its own. On a shared screen the windows of one
 * would take the focus from those of another, and close its popovers. */

#define COOKIE_SIZE 16

/* The fields of an entry are written with two bytes each, the higher one first; family 65535 is
 * any display. See "man Xsecurity", and Xauth in libXau. */
#define FAMILY_WILD 0xffff

/* What the server is told to write its number to. */
#define DISPLAY_FD 3

static GSubprocess *server;
static char        *scratch;

static void
append_field (GByteArray *entry,
              const void *data,
              guint16     size)
{
  guint16 be_size = GUINT16_TO_BE (size);

  g_byte_array_append (entry, (const guint8 *) &be_size, sizeof be_size);
  g_byte_array_append (entry, data, size);
}

static void
write_cookie (const char *path)
{
  g_autoptr (GByteArray) entry = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint16 family = GUINT16_TO_BE (FAMILY_WILD);
  guint32 cookie[COOKIE_SIZE / sizeof (guint32)];

  for (guint i = 0; i < G_N_ELEMENTS (cookie); i++)
    cookie[i] = g_random_int ();

  g_byte_array_append (entry, (const guint8 *) &family, sizeof family);
  append_field (entry, "", 0);
  append_field (entry, "", 0);
  append_field (entry, "MIT-MAGIC-COOKIE-1", 18);
  append_field (entry, cookie, sizeof cookie);

  g_file_set_contents_full (path, (const char *) entry->data, entry->len,
                            G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static void
end_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* Reads what the server says once it can be connected to, "7\n". */
static char *
read_number (int fd)
{
  GString *number = g_string_new (NULL);
  char     c;

  while (read (fd, &c, 1) == 1 && c != '\n')
    g_string_append_c (number, c);
  close (fd);

  if (number->len == 0)
    g_error ("Xvfb did not start");

  return g_string_free (number, FALSE);
}

static char *
start_server (const char *cookie_path)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  g_assert_no_errno (pipe (fds));

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_take_fd (launcher, fds[1], DISPLAY_FD);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent_cb, NULL, NULL);
  server = g_subprocess_launcher_spawn (launcher, &error,
                                        "Xvfb", "-displayfd", G_STRINGIFY (DISPLAY_FD),
                                        "-auth", cookie_path, "-screen", "0", "1600x1200x24",
                                        "-nolisten", "tcp", "-noreset", NULL);
  g_assert_no_error (error);
  g_clear_object (&launcher);

  return read_number (fds[0]);
}

/* To be called before anything of GTK. */
void
ui_display_start (void)
{
  static const char *folders[] = { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME" };
  g_autofree char   *cookie_path = NULL;
  g_autofree char   *number = NULL;
  g_autofree char   *name = NULL;
  g_autoptr (GError) error = NULL;

  scratch = g_dir_make_tmp ("backstay-ui-XXXXXX", &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (scratch, folders[i], NULL);

      g_setenv (folders[i], folder, TRUE);
    }

  cookie_path = g_build_filename (scratch, "xauthority", NULL);
  write_cookie (cookie_path);
  number = start_server (cookie_path);
  name = g_strconcat (":", number, NULL);

  g_setenv ("XAUTHORITY", cookie_path, TRUE);
  g_setenv ("DISPLAY", name, TRUE);
  g_unsetenv ("WAYLAND_DISPLAY");
}

/* To be called when nothing of the display is used any more: GDK ends the program with it. */
void
ui_display_stop (void)
{
  g_subprocess_send_signal (server, SIGTERM);
  g_subprocess_wait (server, NULL, NULL);
  g_clear_object (&server);

  support_remove_folder (scratch);
  g_clear_pointer (&scratch, g_free);
}
