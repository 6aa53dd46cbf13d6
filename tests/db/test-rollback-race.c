/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-rollback-race"

#include "config.h"

#include "support-repository.h"
#include "support-wait.h"

#include <string.h>

#define N_CLIENTS 50

/* For longer: meson test test-rollback-race --test-args='-m slow' */
#define RACE_SECONDS (g_test_slow () ? 30 : 3)

/* The type that everybody rolls back. One version is active at the start. */
#define MODEL_TYPE "flux"

/* One administrator who does nothing but roll back to a version by chance. */
typedef struct
{
  BackstayRepository *repository;
  GRand              *rand;
  GPtrArray          *targets;    /* Of ids; borrowed. */
  GPtrArray          *done;       /* Of the new versions' ids. */
  GHashTable         *successors; /* What an active version was replaced by; shared. */
  GPtrArray          *active;
  guint              *n_running;
  guint               n_refused;
  gint64              end;
} Client;

static void client_go_on (Client *client);

static void
rolled_back_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Client *client = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  outcome = backstay_repository_roll_back_finish (client->repository, result, &error);

  if (outcome != NULL)
    {
      const char *previous = backstay_version_get_id (outcome->previous);
      char       *new_id = g_strdup (backstay_rollback_request_get_new_id (outcome->request));

      /* Nobody else replaced the same version, or one of the two would be lost. */
      g_assert_cmpuint (outcome->n_deactivated, ==, 1);
      g_assert_true (g_hash_table_add (client->successors, g_strdup (previous)));
      g_ptr_array_add (client->done, new_id);
    }
  else
    {
      g_assert_true (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT) ||
                     g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_BUSY));
      client->n_refused++;
    }

  client_go_on (client);
}

static void
got_configuration_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  Client *client = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayConfiguration) target = NULL;
  g_autoptr (BackstayRollbackRequest) request = NULL;

  target = backstay_repository_get_configuration_finish (client->repository, result, &error);
  g_assert_no_error (error);
  request = backstay_rollback_request_new (target, client->active, "");
  backstay_repository_roll_back_async (client->repository, request, FALSE, NULL, rolled_back_cb,
                                       client);
}

static void
listed_active_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Client *client = user_data;
  g_autoptr (GError) error = NULL;
  int i = g_rand_int_range (client->rand, 0, (int) client->targets->len);

  g_clear_pointer (&client->active, g_ptr_array_unref);
  client->active = backstay_repository_list_active_finish (client->repository, result, &error);
  g_assert_no_error (error);
  backstay_repository_get_configuration_async (client->repository,
                                               g_ptr_array_index (client->targets, i),
                                               NULL, got_configuration_cb, client);
}

static void
client_go_on (Client *client)
{
  if (g_get_monotonic_time () < client->end)
    backstay_repository_list_active_async (client->repository, MODEL_TYPE, NULL, listed_active_cb,
                                           client);
  else
    (*client->n_running)--;
}

static void
client_init (Client     *client,
             guint       number,
             GPtrArray  *targets,
             GHashTable *successors,
             guint      *n_running)
{
  client->repository = support_repository_new_alice ();
  client->rand = g_rand_new_with_seed (number);
  client->targets = targets;
  client->done = g_ptr_array_new_with_free_func (g_free);
  client->successors = successors;
  client->n_running = n_running;
  client->end = g_get_monotonic_time () + RACE_SECONDS * G_USEC_PER_SEC;
}

static void
client_clear (Client *client)
{
  g_object_unref (client->repository);
  g_rand_free (client->rand);
  g_ptr_array_unref (client->done);
  g_clear_pointer (&client->active, g_ptr_array_unref);
}

/* Somebody who only looks, all the time, in a thread of their own. */
typedef struct
{
  SupportSql *sql;
  int         stop; /* Atomic. */
  guint       n_looks;
} Observer;

static gpointer
observe (gpointer data)
{
  Observer *observer = data;

  while (!g_atomic_int_get (&observer->stop))
    {
      g_assert_cmpint (support_sql_query_int (observer->sql,
                                              "SELECT count(*) FROM model_config_history"
                                              " WHERE model_type = '" MODEL_TYPE "' AND is_active"),
                       ==, 1);
      observer->n_looks++;
    }

  return NULL;
}

static void
assert_all_there (Client *clients)
{
  SupportSql *sql = support_server_get_sql ();
  gint64      n_done = 0;

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      for (guint j = 0; j < clients[i].done->len; j++)
        g_assert_cmpint (
          support_sql_query_int (sql, "SELECT count(*) FROM model_config_history WHERE id = '%s'",
                                 (char *) g_ptr_array_index (clients[i].done, j)),
          ==, 1);

      g_test_message ("Client %u: %u done, %u refused", i, clients[i].done->len,
                      clients[i].n_refused);
      n_done += clients[i].done->len;
    }

  g_assert_cmpint (n_done, >, 0);
  g_assert_cmpint (support_sql_query_int (sql, "SELECT (SELECT count(*) FROM model_config_history)"
                                               "     - (SELECT count(*) FROM kept.versions)"),
                   ==, n_done);

  /* The times are in the order in which the versions replaced each other. */
  g_assert_cmpint (support_sql_query_int (sql, "SELECT count(*) FROM model_config_history n"
                                               "  JOIN model_config_history w"
                                               "    ON n.notes LIKE '%%(was ' || w.id || ').%%'"
                                               " WHERE n.model_type = '" MODEL_TYPE "'"
                                               "   AND w.created_at >= n.created_at"),
                   ==, 0);
}

static void
test_many_clients (void)
{
  Client   clients[N_CLIENTS] = { { NULL } };
  Observer observer = { support_sql_new (support_server_get_config ()), FALSE, 0 };
  guint    n_running = N_CLIENTS;
  GThread *thread;
  g_autoptr (GHashTable) successors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) targets = NULL;

  targets =
    support_sql_list (support_server_get_sql (),
                      "SELECT id FROM model_config_history WHERE model_type = '" MODEL_TYPE "'");

  for (guint i = 0; i < N_CLIENTS; i++)
    client_init (&clients[i], i, targets, successors, &n_running);

  thread = g_thread_new ("observer", observe, &observer);

  for (guint i = 0; i < N_CLIENTS; i++)
    client_go_on (&clients[i]);

  support_wait_until (support_is_zero, &n_running);
  g_atomic_int_set (&observer.stop, TRUE);
  g_thread_join (thread);
  support_sql_free (observer.sql);
  g_assert_cmpuint (observer.n_looks, >, 10);

  assert_all_there (clients);

  for (guint i = 0; i < N_CLIENTS; i++)
    client_clear (&clients[i]);

  support_server_restore ();
}

/* Two administrators look at the same, and click at the same time. */
static void
test_two_clients (void)
{
  g_autoptr (BackstayRepository) first = support_repository_new_alice ();
  g_autoptr (BackstayRepository) second = support_repository_new_alice ();
  g_autofree char *first_id = support_repository_dup_id ("FLUX.1 Production Config v1.3");
  g_autofree char *second_id = support_repository_dup_id ("FLUX.1 Production Config v1.5");

  for (guint i = 0; i < 25; i++)
    {
      g_autoptr (BackstayRollbackRequest) first_request =
        support_repository_prepare (first, first_id, "");
      g_autoptr (BackstayRollbackRequest) second_request =
        support_repository_prepare (second, second_id, "");
      g_autoptr (GAsyncResult) first_result = NULL;
      g_autoptr (GAsyncResult) second_result = NULL;
      g_autoptr (BackstayRollbackOutcome) first_outcome = NULL;
      g_autoptr (BackstayRollbackOutcome) second_outcome = NULL;
      g_autoptr (GError) first_error = NULL;
      g_autoptr (GError) second_error = NULL;
      const GError *loss;

      backstay_repository_roll_back_async (first, first_request, FALSE, NULL,
                                           support_keep_result_cb, &first_result);
      backstay_repository_roll_back_async (second, second_request, FALSE, NULL,
                                           support_keep_result_cb, &second_result);
      support_wait_for_result (&first_result);
      support_wait_for_result (&second_result);
      first_outcome = backstay_repository_roll_back_finish (first, first_result, &first_error);
      second_outcome = backstay_repository_roll_back_finish (second, second_result, &second_error);

      g_assert_true ((first_outcome != NULL) != (second_outcome != NULL));
      loss = first_outcome == NULL ? first_error : second_error;
      g_assert_error (loss, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);
    }

  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rollback-race/two-clients", test_two_clients);
  g_test_add_func ("/rollback-race/many-clients", test_many_clients);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
