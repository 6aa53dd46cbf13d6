/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-screenshot"

#include "config.h"

#include "backstay-screenshot.h"

#include "backstay-compare-window.h"
#include "backstay-window.h"

#include <glib/gi18n-lib.h>

/* The window has to rest for this many looks, so that animations and spinners have ended. */
#define LOOK_MSEC 100
#define QUIET_LOOKS 12
#define MAX_LOOKS 600

typedef struct
{
  char *path;
  guint n_looks;
  guint n_quiet;
} Wait;

static void
wait_free (Wait *wait)
{
  g_free (wait->path);
  g_free (wait);
}

static GdkTexture *
render (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GtkNative   *native = gtk_widget_get_native (widget);
  int          width = gtk_widget_get_width (widget);
  int          height = gtk_widget_get_height (widget);
  GdkRGBA      background;

  /* What a window has behind its content. */
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "window_bg_color", &background))
    background = (GdkRGBA){ 1, 1, 1, 1 };

  gtk_snapshot_append_color (snapshot, &background, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (snapshot);

  return gsk_renderer_render_texture (gtk_native_get_renderer (native), node,
                                      &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static gboolean
is_busy (GtkWindow *window)
{
  if (BACKSTAY_IS_COMPARE_WINDOW (window))
    return backstay_compare_window_get_busy (BACKSTAY_COMPARE_WINDOW (window));

  return backstay_window_get_busy (BACKSTAY_WINDOW (window));
}

static gboolean
is_ready (GtkWindow *window)
{
  if (BACKSTAY_IS_COMPARE_WINDOW (window))
    return backstay_compare_window_get_ready (BACKSTAY_COMPARE_WINDOW (window));

  return backstay_window_get_ready (BACKSTAY_WINDOW (window));
}

static void
save (GTask *task)
{
  GtkWindow *window = g_task_get_source_object (task);
  Wait      *wait = g_task_get_task_data (task);
  g_autoptr (GdkTexture) texture = NULL;

  texture = render (adw_application_window_get_content (ADW_APPLICATION_WINDOW (window)));

  if (!gdk_texture_save_to_png (texture, wait->path))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _ ("The picture could not be written to %s."), wait->path);
  else if (!is_ready (window))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _ ("The window shows no configurations; see %s."), wait->path);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
look_cb (gpointer user_data)
{
  GTask     *task = user_data;
  GtkWindow *window = g_task_get_source_object (task);
  Wait      *wait = g_task_get_task_data (task);
  gboolean   quiet = gtk_widget_get_mapped (GTK_WIDGET (window)) && !is_busy (window);

  wait->n_quiet = quiet ? wait->n_quiet + 1 : 0;

  if (wait->n_quiet < QUIET_LOOKS && ++wait->n_looks < MAX_LOOKS)
    return G_SOURCE_CONTINUE;

  save (task);

  return G_SOURCE_REMOVE;
}

/**
 * backstay_screenshot_take_async:
 * @window: a window of the application, a [class@Window] or a [class@CompareWindow]
 * @path: where to save the picture, as PNG
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Waits until a window shows what it has to show, and saves a picture of it.
 */
void
backstay_screenshot_take_async (GtkWindow          *window,
                                const char         *path,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  GTask *task;
  Wait  *wait;

  g_return_if_fail (BACKSTAY_IS_WINDOW (window) || BACKSTAY_IS_COMPARE_WINDOW (window));
  g_return_if_fail (path != NULL);

  wait = g_new0 (Wait, 1);
  wait->path = g_strdup (path);

  task = g_task_new (window, NULL, callback, user_data);
  g_task_set_source_tag (task, backstay_screenshot_take_async);
  g_task_set_task_data (task, wait, (GDestroyNotify) wait_free);
  g_timeout_add_full (G_PRIORITY_LOW, LOOK_MSEC, look_cb, task, g_object_unref);
}

/**
 * backstay_screenshot_take_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_screenshot_take_async() began.
 *
 * Returns: whether the picture was saved, and shows configurations
 */
gboolean
backstay_screenshot_take_finish (GtkWindow    *window,
                                 GAsyncResult *result,
                                 GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, window), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
