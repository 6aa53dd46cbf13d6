/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For how long the views of large configurations hold the main loop: the longest time between two
 * polls, which is when nothing is drawn and no key is heard. It is the thread's own time, so that what
 * else the machine does is not in it. Nothing is asserted about time. */

#define G_LOG_DOMAIN "bench-views"

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "backstay-application.h"
#include "backstay-diff-view.h"
#include "backstay-json-view.h"
#include "ui-display.h"

typedef struct
{
  gint64 begin; /* When poll() returned. */
  gint64 longest;
  gint64 sum;
} Held;

static Held held;

static gint64
get_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static int
poll_func (GPollFD *fds,
           guint    n_fds,
           int      timeout)
{
  gint64 now = get_time ();
  int    result;

  if (held.begin != 0)
    {
      held.longest = MAX (held.longest, now - held.begin);
      held.sum += now - held.begin;
    }

  result = g_poll (fds, n_fds, timeout);
  held.begin = get_time ();

  return result;
}

static void
begin (void)
{
  held = (Held){ .begin = get_time () };
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
run_for (guint msec)
{
  gboolean done = FALSE;

  g_timeout_add (msec, wake_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
end (const char *what)
{
  run_for (400);
  g_print ("  %-24s %6.1f ms at most, %7.1f ms in all\n", what,
           (double) held.longest / 1000, (double) held.sum / 1000);
}

/* Documents */

static char *
write_objects (guint n,
               guint n_members,
               guint changed)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s{\"id\": %u", i > 0 ? "," : "", i);
      for (guint j = 1; j < n_members; j++)
        g_string_append_printf (text, ", \"member_%u\": %u", j,
                                i * j + (changed > 0 && i % changed == 0 && j == 1 ? 1 : 0));
      g_string_append (text, "}");
    }

  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

static BackstayJson *
read_text (char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BackstayJson *json = backstay_json_new (bytes, NULL, NULL, &error);

  if (json == NULL)
    g_error ("%s", error->message);

  return json;
}

static BackstayJson *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);

  return read_text (text);
}

/* What is done */

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
scroll (GtkWidget *view)
{
  GtkWidget     *list = find_type (view, GTK_TYPE_LIST_VIEW);
  GtkWidget     *scrolled = gtk_widget_get_parent (list);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  double         upper = gtk_adjustment_get_upper (adjustment);

  begin ();
  for (guint i = 0; i < 20; i++)
    {
      gtk_adjustment_set_value (adjustment, upper * (i % 2 == 0 ? 0.5 : 0.1) + i * 40);
      run_for (40);
    }
  end ("scroll");
}

static void
act (GtkWidget  *view,
     const char *action,
     const char *what)
{
  begin ();
  if (!gtk_widget_activate_action (view, action, NULL))
    g_error ("There is no %s", action);
  end (what);
}

static void
select_row (GtkWidget *view,
            guint      position)
{
  gtk_widget_activate_action (find_type (view, GTK_TYPE_LIST_VIEW),
                              "list.select-item", "(ubb)", position, FALSE, FALSE);
  run_for (100);
}

static GtkWindow *
show (GtkWidget *view)
{
  GtkWindow *window = g_object_new (GTK_TYPE_WINDOW,
                                    "child", view,
                                    "default-width", 1000,
                                    "default-height", 800,
                                    NULL);

  gtk_window_present (window);
  run_for (300);

  return window;
}

static void
measure_json (const char   *name,
              BackstayJson *json)
{
  GtkWidget *view = g_object_new (BACKSTAY_TYPE_JSON_VIEW, NULL);
  GtkWindow *window = show (view);

  g_print ("%s: %zu bytes, %u nodes\n", name, g_bytes_get_size (backstay_json_get_text (json)),
           backstay_json_get_n_nodes (json));

  begin ();
  backstay_json_view_set_json (BACKSTAY_JSON_VIEW (view), json);
  end ("open");
  select_row (view, 2);
  act (view, "json.expand-all", "expand all");
  scroll (view);
  act (view, "json.collapse-all", "collapse all");
  act (view, "json.expand-all", "expand all again");

  begin ();
  backstay_json_unref (json);
  backstay_json_view_set_json (BACKSTAY_JSON_VIEW (view), NULL);
  end ("close");

  gtk_window_destroy (window);
}

static void
wait_until_compared (GtkWidget *view)
{
  while (backstay_diff_view_get_loading (BACKSTAY_DIFF_VIEW (view)))
    g_main_context_iteration (NULL, TRUE);
}

static void
measure_diff (const char   *name,
              BackstayJson *before,
              BackstayJson *after)
{
  GtkWidget       *view = g_object_new (BACKSTAY_TYPE_DIFF_VIEW, NULL);
  GtkWindow       *window = show (view);
  GtkToggleButton *everything;

  g_print ("%s: %zu and %zu bytes, %u and %u nodes\n", name,
           g_bytes_get_size (backstay_json_get_text (before)),
           g_bytes_get_size (backstay_json_get_text (after)),
           backstay_json_get_n_nodes (before), backstay_json_get_n_nodes (after));

  begin ();
  backstay_diff_view_compare (BACKSTAY_DIFF_VIEW (view), before, after, "Before", "After");
  wait_until_compared (view);
  end ("compare");

  everything = GTK_TOGGLE_BUTTON (gtk_widget_get_template_child (view, BACKSTAY_TYPE_DIFF_VIEW,
                                                                 "everything_button"));
  scroll (view);
  act (view, "diff.next-change", "next change");
  act (view, "diff.previous-change", "previous change");

  begin ();
  gtk_toggle_button_set_active (everything, TRUE);
  end ("everything");
  scroll (view);
  act (view, "diff.next-change", "next change");

  begin ();
  gtk_toggle_button_set_active (everything, FALSE);
  end ("changes only");

  begin ();
  backstay_json_unref (before);
  backstay_json_unref (after);
  backstay_diff_view_show_loading (BACKSTAY_DIFF_VIEW (view));
  end ("close");

  gtk_window_destroy (window);
}

int
main (int   argc,
      char *argv[])
{
  GApplication *application;

  ui_display_start ();
  application = G_APPLICATION (backstay_application_new ());

  /* For its resources and styles; it is never run. */
  g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  g_application_register (application, NULL, NULL);
  g_main_context_set_poll_func (NULL, poll_func);

  if (argc == 3)
    {
      measure_json (argv[1], read_file (argv[1]));
      measure_diff ("files", read_file (argv[1]), read_file (argv[2]));
    }
  else
    {
      measure_json ("100,000 objects", read_text (write_objects (100000, 6, 0)));
      measure_json ("690,000 nodes", read_text (write_objects (62700, 10, 0)));
      measure_diff ("100,000 objects", read_text (write_objects (100000, 6, 0)),
                    read_text (write_objects (100000, 6, 10)));
    }

  g_object_unref (application);
  ui_display_stop ();

  return EXIT_SUCCESS;
}
