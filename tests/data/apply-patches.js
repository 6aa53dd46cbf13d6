// Copyright 2026 The Backstay developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Applies JSON Patches by fast-json-patch. Reads lines of [before, patch, after], and ends with
// status 1 after the first patch that does not make the one into the other. check-patches.py runs
// it where the library is found, and says in NODE_PATH where.

'use strict';

const assert = require('assert');
const readline = require('readline');
const { applyPatch } = require('fast-json-patch');

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [before, patch, after] = JSON.parse(line);

  try {
    assert.deepStrictEqual(applyPatch(before, patch, true).newDocument, after);
  } catch (error) {
    console.error(`${line}\n${error.message}`);
    process.exit(1);
  }
});
