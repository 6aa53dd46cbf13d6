/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast large documents are compared, in how much memory, and how many changes are found beside
 * how many were made. Where git and diff are installed, they compare the same files, which are
 * printed in lines for them beforehand. Each is a process of its own, of which all the processor
 * time counts. Nothing is asserted about time.
 *
 * The script beside it, peers, runs it in two other ways:
 *
 *   bench-diff --save FOLDER           writes the cases there
 *   bench-diff --measure COMMAND...    prints milliseconds, bytes and exit status of a command */

#define G_LOG_DOMAIN "bench-diff"

#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backstay-diff.h"
#include "backstay-json-like.h"
#include "backstay-json-print.h"

#define N_OBJECTS 20000
#define N_NUMBERS 100000
#define N_ROUNDS 5
#define SEED 20261122

typedef GPtrArray *(*MakeFunc) (GRand *rand);

/* Edits the elements of an array. Returns how many edits these are, or 0 if no one can tell. */
typedef guint (*EditFunc) (GPtrArray *elements,
                           GRand     *rand);

typedef struct
{
  const char *name;
  MakeFunc    make;
  EditFunc    edit;
} Case;

static char *
make_object (GRand *rand,
             guint  id)
{
  return g_strdup_printf ("{\"id\":%u,\"name\":\"%08x\",\"weight\":%.4g,\"blocks\":{\"in\":[%u,%u,%u],"
                          "\"mid\":%.3g},\"trigger_words\":[\"portrait\",\"w%u\"],\"notes\":null,"
                          "\"sha256\":\"%08x%08x%08x%08x\",\"enabled\":%s}",
                          id, g_rand_int (rand), g_rand_double (rand),
                          g_rand_int_range (rand, 0, 2000), g_rand_int_range (rand, 0, 2000),
                          g_rand_int_range (rand, 0, 2000), g_rand_double (rand),
                          g_rand_int_range (rand, 0, 50), g_rand_int (rand), g_rand_int (rand),
                          g_rand_int (rand), g_rand_int (rand),
                          g_rand_boolean (rand) ? "true" : "false");
}

static GPtrArray *
make_objects (GRand *rand)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_OBJECTS; i++)
    g_ptr_array_add (elements, make_object (rand, i));

  return elements;
}

static GPtrArray *
make_numbers (GRand *rand)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_NUMBERS; i++)
    g_ptr_array_add (elements, g_strdup_printf ("%.6f", g_rand_double (rand) * 100));

  return elements;
}

static GPtrArray *
make_letters (GRand *rand)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_OBJECTS; i++)
    g_ptr_array_add (elements, g_strdup_printf ("%d", g_rand_int_range (rand, 0, 4)));

  return elements;
}

static guint
pick (GPtrArray *elements,
      GRand     *rand)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) elements->len);
}

static char *
make_new (GPtrArray *elements,
          GRand     *rand)
{
  const char *first = g_ptr_array_index (elements, 0);

  if (*first == '{')
    return make_object (rand, 1000000 + (g_rand_int (rand) >> 8));

  return strlen (first) > 1 ? g_strdup_printf ("%.6f", 100 + g_rand_double (rand) * 100)
                            : g_strdup_printf ("%d", g_rand_int_range (rand, 0, 4));
}

static guint
edit_nothing (GPtrArray *elements,
              GRand     *rand)
{
  return 0;
}

static void
replace (GPtrArray *elements,
         guint      place,
         char      *made)
{
  g_free (elements->pdata[place]);
  elements->pdata[place] = made;
}

static void
change (GPtrArray *elements,
        guint      place)
{
  char       *element = elements->pdata[place];
  const char *value = strstr (element, "\"weight\":");

  if (value == NULL)
    replace (elements, place, g_strconcat ("7", element, NULL));
  else
    replace (elements, place, g_strdup_printf ("%.*s7%s", (int) (value - element) + 9, element, value + 9));
}

static guint
edit_one (GPtrArray *elements,
          GRand     *rand)
{
  change (elements, pick (elements, rand));

  return 1;
}

static guint
edit_some (GPtrArray *elements,
           GRand     *rand)
{
  for (guint i = 0; i < 100; i++)
    change (elements, elements->len / 100 * i);

  return 100;
}

static guint
edit_front (GPtrArray *elements,
            GRand     *rand)
{
  g_ptr_array_insert (elements, 0, make_new (elements, rand));

  return 1;
}

static guint
edit_places (GPtrArray *elements,
             GRand     *rand)
{
  for (guint i = 0; i < 50; i++)
    {
      g_ptr_array_remove_index (elements, pick (elements, rand));
      g_ptr_array_insert (elements, (gint) pick (elements, rand), make_new (elements, rand));
    }

  return 100;
}

static guint
edit_moves (GPtrArray *elements,
            GRand     *rand)
{
  for (guint i = 0; i < 50; i++)
    {
      char *element = g_ptr_array_steal_index (elements, pick (elements, rand));

      g_ptr_array_insert (elements, (gint) pick (elements, rand), element);
    }

  return 50;
}

static guint
edit_block (GPtrArray *elements,
            GRand     *rand)
{
  for (guint i = 0; i < 1000; i++)
    g_ptr_array_add (elements, g_ptr_array_steal_index (elements, 0));

  return 1;
}

static guint
edit_shuffle (GPtrArray *elements,
              GRand     *rand)
{
  for (guint i = elements->len - 1; i > 0; i--)
    {
      guint    other = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);
      gpointer element = elements->pdata[i];

      elements->pdata[i] = elements->pdata[other];
      elements->pdata[other] = element;
    }

  return 0;
}

static guint
edit_all (GPtrArray *elements,
          GRand     *rand)
{
  for (guint i = 0; i < elements->len; i++)
    replace (elements, i, make_new (elements, rand));

  return 0;
}

static const Case cases[] = {
  { "objects-same", make_objects, edit_nothing },
  { "objects-one", make_objects, edit_one },
  { "objects-some", make_objects, edit_some },
  { "objects-front", make_objects, edit_front },
  { "objects-places", make_objects, edit_places },
  { "objects-moves", make_objects, edit_moves },
  { "objects-block", make_objects, edit_block },
  { "objects-shuffle", make_objects, edit_shuffle },
  { "objects-all", make_objects, edit_all },
  { "numbers-some", make_numbers, edit_some },
  { "numbers-front", make_numbers, edit_front },
  { "numbers-places", make_numbers, edit_places },
  { "numbers-shuffle", make_numbers, edit_shuffle },
  { "numbers-all", make_numbers, edit_all },
  { "letters-places", make_letters, edit_places },
  { "letters-all", make_letters, edit_all },
};

static GBytes *
print_elements (GPtrArray *elements)
{
  GString *text = g_string_new ("{\"elements\":[");

  for (guint i = 0; i < elements->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", (char *) elements->pdata[i]);

  g_string_append (text, "]}");

  return g_string_free_to_bytes (text);
}

/* Writes a document as it is, and in lines. */
static void
save (GBytes     *text,
      const char *path,
      const char *pretty_path)
{
  g_autoptr (BackstayJson) json = backstay_json_new (text, NULL, NULL, NULL);
  g_autoptr (GBytes) pretty = NULL;
  g_autoptr (GError) error = NULL;

  pretty = backstay_json_print_pretty (json, backstay_json_get_root (json), NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text), &error);
  g_assert_no_error (error);
  g_file_set_contents (pretty_path, g_bytes_get_data (pretty, NULL),
                       (gssize) g_bytes_get_size (pretty), &error);
  g_assert_no_error (error);
}

/* Runs a program and takes its processor time in milliseconds, and the most memory that was ever
 * resident. Returns its exit status. */
static int
run (const char *const *arguments,
     double            *milliseconds,
     gsize             *memory)
{
  struct rusage usage;
  int           status;
  pid_t         child = fork ();

  if (child == 0)
    {
      if (freopen ("/dev/null", "w", stdout) == NULL)
        _exit (127);

      execvp (arguments[0], (char *const *) arguments);
      _exit (127);
    }

  wait4 (child, &status, 0, &usage);
  *milliseconds = (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
                  (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
  *memory = (gsize) usage.ru_maxrss * 1024;

  return WIFEXITED (status) ? WEXITSTATUS (status) : 127;
}

/* Takes the least of some runs; less than 0 if the program is not there. */
static double
measure (const char *const *arguments)
{
  double best = -1;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      double milliseconds;
      gsize  memory;

      if (run (arguments, &milliseconds, &memory) > 1)
        return -1;

      best = i == 0 ? milliseconds : MIN (best, milliseconds);
    }

  return best;
}

/* Lets the program say what it took, as the kernel counts what its parent had before. */
static gsize
measure_memory (const char *const *arguments)
{
  g_autofree char *output = NULL;

  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL,
                     NULL, NULL))
    return 0;

  return (gsize) g_ascii_strtoull (output, NULL, 10) * 1024;
}

/* Writes the most memory that was ever resident, in KiB. */
static void
print_own_memory (void)
{
  g_autofree char *status = NULL;
  const char      *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    line = strstr (status, "VmHWM:");

  if (line != NULL)
    g_print ("%" G_GUINT64_FORMAT "\n", g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10));
}

static GBytes *
map (const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

/* Compares two files. Returns NULL if they cannot be read. */
static BackstayDiff *
compare_files (const char *before_path,
               const char *after_path)
{
  g_autoptr (GBytes) before_text = map (before_path);
  g_autoptr (GBytes) after_text = map (after_path);
  g_autoptr (BackstayJson) before = NULL;
  g_autoptr (BackstayJson) after = NULL;

  if (before_text == NULL || after_text == NULL ||
      (before = backstay_json_new (before_text, NULL, NULL, NULL)) == NULL ||
      (after = backstay_json_new_like (before, after_text, NULL, NULL, NULL)) == NULL)
    return NULL;

  return backstay_diff_new (before, after, NULL, NULL, NULL, NULL);
}

static void
print_ratio (const char *name,
             double      theirs,
             double      ours)
{
  if (theirs < 0)
    g_print ("; no %s", name);
  else
    g_print ("; %s %.0f ms, %.2f times ours", name, theirs, theirs / ours);
}

static void
measure_case (const Case *current,
              const char *program,
              char      **paths)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) elements = current->make (rand);
  g_autoptr (GBytes) before = print_elements (elements);
  guint n_edits = current->edit (elements, rand);
  g_autoptr (GBytes) after = print_elements (elements);
  g_autoptr (BackstayDiff) diff = NULL;
  const char *const  ours[] = { program, paths[0], paths[1], NULL };
  const char *const  gnu[] = { "diff", "-u", paths[2], paths[3], NULL };
  const char *const  git[] = { "git", "diff", "--no-index", "--histogram", paths[2], paths[3], NULL };
  gsize              size = g_bytes_get_size (before) + g_bytes_get_size (after);
  gsize              memory;
  double             milliseconds;
  BackstayDiffCounts counts;

  save (before, paths[0], paths[2]);
  save (after, paths[1], paths[3]);
  diff = compare_files (paths[0], paths[1]);
  backstay_diff_get_counts (diff, 0, &counts);
  milliseconds = measure (ours);
  memory = measure_memory (ours);
  g_assert_cmpfloat (milliseconds, >=, 0);

  g_print ("# %-15s %4.1f MB: %6.1f ms, %4.1f bytes a byte; %u changes", current->name,
           (double) size / 1e6, milliseconds, (double) memory / (double) size,
           counts.n_added + counts.n_removed + counts.n_changed + counts.n_moved);

  if (n_edits > 0)
    {
      g_print (" of %u edits", n_edits);
      g_assert_cmpuint (counts.n_added + counts.n_removed + counts.n_changed + counts.n_moved, <=,
                        n_edits);
    }

  print_ratio ("diff", measure (gnu), milliseconds);
  print_ratio ("git", measure (git), milliseconds);
  g_print ("\n");
}

static void
test_speed (gconstpointer data)
{
  static const char *names[] = { "a.json", "b.json", "a.txt", "b.txt" };
  const char        *program = data;
  g_autofree char   *folder = g_dir_make_tmp ("backstay-bench-XXXXXX", NULL);
  char              *paths[G_N_ELEMENTS (names)];

  g_assert_nonnull (folder);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    paths[i] = g_build_filename (folder, names[i], NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    measure_case (&cases[i], program, paths);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_unlink (paths[i]);
      g_free (paths[i]);
    }

  g_rmdir (folder);
}

/* Writes all cases, each into a folder of its own, with the number of edits. */
static int
save_cases (const char *folder)
{
  static const char *names[] = { "a.json", "b.json", "a.pretty.json", "b.pretty.json", "truth.json" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
      g_autoptr (GPtrArray) elements = cases[i].make (rand);
      g_autoptr (GBytes) before = print_elements (elements);
      guint n_edits = cases[i].edit (elements, rand);
      g_autoptr (GBytes) after = print_elements (elements);
      g_autofree char *truth = g_strdup_printf ("{\"edits\": %u}\n", n_edits);
      g_autofree char *case_folder = g_build_filename (folder, cases[i].name, NULL);
      char            *paths[G_N_ELEMENTS (names)];

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        paths[j] = g_build_filename (case_folder, names[j], NULL);

      g_mkdir_with_parents (case_folder, 0777);
      save (before, paths[0], paths[2]);
      save (after, paths[1], paths[3]);

      if (!g_file_set_contents (paths[4], truth, -1, NULL))
        return 1;

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        g_free (paths[j]);
    }

  return 0;
}

/* The least time and the most memory of some runs. */
static int
measure_command (const char *const *arguments)
{
  double best = G_MAXDOUBLE;
  gsize  most = 0;
  int    status = 0;

  for (guint i = 0; i < N_ROUNDS && status <= 1; i++)
    {
      double milliseconds;
      gsize  memory;

      status = run (arguments, &milliseconds, &memory);
      best = MIN (best, milliseconds);
      most = MAX (most, memory);
    }

  g_print ("%.2f %" G_GSIZE_FORMAT " %d\n", best, most, status);

  return 0;
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--save"))
    return save_cases (argv[2]);

  if (argc > 2 && g_str_equal (argv[1], "--measure"))
    return measure_command ((const char *const *) argv + 2);

  /* As the process that is measured. */
  if (argc == 3 && argv[1][0] == '/')
    {
      g_autoptr (BackstayDiff) diff = compare_files (argv[1], argv[2]);

      print_own_memory ();

      return diff == NULL ? 2 : backstay_diff_get_n_rows (diff) > 1;
    }

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/bench-diff/speed", argv[0], test_speed);

  return g_test_run ();
}
