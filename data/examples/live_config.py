#!/usr/bin/env python3
# Copyright 2026 The Backstay developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a service reads its live configuration: always a valid one, within seconds, and also while
the database is away.

As a module:

    config = LiveConfig('dbname=platform', 'sdxl', cache='/var/cache/me/sdxl.json')
    config.start()             # now there is one, or it raises LookupError
    ...
    config.refresh(wait=5)     # in a loop, or in a thread: waits for a change, at most 5 s
    config.current.data        # the last good one, whatever happens

As a program it prints each configuration that goes live; see --help. Needs python3-psycopg2.
"""

import argparse
import collections
import json
import os
import select
import sys
import tempfile
import time

import psycopg2
import psycopg2.extensions

# What Backstay calls live, and checks before it commits. One more row than is needed tells whether
# the rule of one active version is broken. idx_model_config_history_model_active (model_type,
# is_active, created_at DESC) gives both rows in order: two steps, however long the history is.
LIVE = """
SELECT id::text, config_name
  FROM public.model_config_history
 WHERE model_type = %s AND is_active = true
 ORDER BY created_at DESC
 LIMIT 2
"""

# Only asked for when another version is live.
DATA = 'SELECT config_data::text FROM public.model_config_history WHERE id = %s'

# Where a trigger on the table may tell of changes. A reason to look, no more: anybody who may
# connect may send one, and without a trigger, or through a pooler, none comes.
CHANNEL = 'model_config_history'

Version = collections.namedtuple('Version', 'id name text data')


def warn(sentence):
    print(f'warning: {sentence}', file=sys.stderr, flush=True)


def check(data):
    """What this service cannot work without. A service puts its own rules here."""
    if not isinstance(data, dict):
        raise ValueError('the configuration is no object')


class LiveConfig:
    """The live configuration of one model type."""

    def __init__(self, dsn, model_type, cache=None, validate=check, warn=warn):
        self.dsn = dsn
        self.model_type = model_type
        self.cache = cache
        self.validate = validate
        self.warn = warn
        self.current = None
        self._connection = None
        self._warned = None

    def start(self):
        """Reads the live configuration; where there is none to be had, the last good one."""
        self.refresh()
        if self.current is None:
            self._load_cache()
        if self.current is None:
            raise LookupError(f'{self.model_type} has no configuration')

    def refresh(self, wait=0):
        """Waits for a change, at most so many seconds, and looks. True if another one is live."""
        try:
            if self._connection is None:
                self._connect()
            elif wait:
                self._wait(wait)
            return self._look()
        except psycopg2.Error as error:
            self._disconnect()
            self._warn_once(f'the database cannot be read: {str(error).strip()}')
            if wait:
                time.sleep(min(wait, 1))
            return False

    def _connect(self):
        self._connection = psycopg2.connect(self.dsn, application_name='live_config',
                                            connect_timeout=5, tcp_user_timeout=10000)
        self._connection.autocommit = True
        # Behind a pooler another process answers than the one connected to: it must not listen.
        if self._query('SELECT pg_backend_pid()') == [(self._connection.info.backend_pid,)]:
            with self._connection.cursor() as cursor:
                cursor.execute(f'LISTEN {CHANNEL}')

    def _disconnect(self):
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _wait(self, seconds):
        if not self._connection.notifies:
            select.select([self._connection], [], [], seconds)
            self._connection.poll()
        self._connection.notifies.clear()

    def _query(self, query, *parameters):
        with self._connection.cursor() as cursor:
            cursor.execute(query, parameters)
            return cursor.fetchall()

    def _look(self):
        rows = self._query(LIVE, self.model_type)
        if not rows:
            self._warn_once(f'no version of {self.model_type} is active: the last good one is kept')
            return False
        if len(rows) > 1:
            self._warn_once(f'more than one version of {self.model_type} is active: '
                            f'the newest is taken, {rows[0][1]}')

        # A version never changes, so its id is all that has to be compared.
        version_id, name = rows[0]
        if self.current is not None and self.current.id == version_id:
            if len(rows) == 1:
                self._warned = None
            return False
        data = self._query(DATA, version_id)
        return bool(data) and self._take(version_id, name, data[0][0])

    def _take(self, version_id, name, text):
        try:
            data = json.loads(text)
            self.validate(data)
        except ValueError as error:
            self._warn_once(f'{name} is live and not valid ({error}): the last good one is kept')
            return False
        self.current = Version(version_id, name, text, data)
        self._save_cache()
        return True

    def _save_cache(self):
        """For the next start without a database. Whole or not at all, and private."""
        if self.cache is None:
            return
        try:
            folder = os.path.dirname(os.path.abspath(self.cache))
            with tempfile.NamedTemporaryFile('w', dir=folder, delete=False) as file:
                json.dump(self.current[:3], file)
            os.replace(file.name, self.cache)
        except OSError as error:
            self.warn(f'the cache cannot be written: {error}')

    def _load_cache(self):
        try:
            with open(self.cache or os.devnull) as file:
                self._take(*json.load(file))
        except (OSError, ValueError, TypeError):
            pass

    def _warn_once(self, sentence):
        if sentence != self._warned:
            self.warn(sentence)
        self._warned = sentence


def main():
    parser = argparse.ArgumentParser(description='Prints the configurations that go live, with '
                                                 'their ids and names. Exit status 1: there is '
                                                 'none, nor was one kept.')
    parser.add_argument('dsn', help='where to connect to, such as dbname=platform')
    parser.add_argument('model_type')
    parser.add_argument('--cache', help='a file that keeps the last good one')
    parser.add_argument('--interval', type=float, default=5, help='seconds between two looks')
    parser.add_argument('--once', action='store_true', help='end after the first one')
    args = parser.parse_args()

    config = LiveConfig(args.dsn, args.model_type, args.cache)
    try:
        config.start()
    except LookupError as error:
        print(f'error: {error.args[0]}', file=sys.stderr)
        return 1

    while True:
        print(config.current.id, config.current.name, config.current.text, sep='\t', flush=True)
        if args.once:
            return 0
        while not config.refresh(args.interval):
            pass


if __name__ == '__main__':
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        pass
