// Copyright 2026 The Backstay developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compares two documents by a library of npm's, for the script peers, and prints how many operations
// it takes. Usage: node peers.js NODE_MODULES LIBRARY BEFORE AFTER

'use strict';

const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');

const [folder, library, ...paths] = process.argv.slice(2);
const [before, after] = paths.map((name) => JSON.parse(fs.readFileSync(name, 'utf8')));

// A delta is an array where something changed, and an object of deltas above that.
function countDelta(delta) {
  if (delta === undefined) return 0;
  if (Array.isArray(delta)) return 1;

  return Object.entries(delta)
    .filter(([key]) => key !== '_t')
    .reduce((sum, [, below]) => sum + countDelta(below), 0);
}

async function main() {
  if (library === 'fast-json-patch') {
    const { compare } = require(path.resolve(folder, library));
    console.log(compare(before, after).length);
    return;
  }

  // Elements go together by what identifies them, as its documentation recommends.
  const url = pathToFileURL(path.resolve(folder, library, 'lib', 'index.js'));
  const { create } = await import(url);
  const objectHash = (object) => object.id ?? object.name ?? object.key ?? JSON.stringify(object);
  console.log(countDelta(create({ objectHash }).diff(before, after)));
}

main();
