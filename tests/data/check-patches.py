# Copyright 2026 The Backstay developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Has the patches of `backstay diff` applied by libraries that know nothing of Backstay.

Usage: check-patches.py [--fast-json-patch] PROGRAM [ROUNDS [SEED]]

They are applied by python3-jsonpatch, or by npm's fast-json-patch: then node must be there, and
find that library, in NODE_PATH or in node_modules of a folder above this one. Debian has no package
of it; without it the test is skipped.
"""

import copy
import json
import os
import random
import subprocess
import sys
import tempfile

FOLDER = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77

SCALARS = ['0', '1', '1.0', '-7', '1e2', '0.1', '0.1000000000000000055511151231257827',
           '9007199254740993', '9007199254740992', 'true', 'false', 'null', '""', '"a"', '"é \\n"']
KEYS = ['a', 'b', 'id', 'name', '', '0', '-', 'a/b', 'm~n', '~1', '__proto__', 'é', 'x y', '"']


class Number:
    """A number that is what stands in the text, and nothing else."""

    def __init__(self, lexeme):
        self.lexeme = lexeme

    def __eq__(self, other):
        return isinstance(other, Number) and self.lexeme == other.lexeme

    def __repr__(self):
        return self.lexeme


def read(text):
    return json.loads(text, parse_int=Number, parse_float=Number)


def write(value):
    if isinstance(value, Number):
        return value.lexeme
    if isinstance(value, dict):
        return '{' + ', '.join(f'{json.dumps(k)}: {write(v)}' for k, v in value.items()) + '}'
    if isinstance(value, list):
        return '[' + ', '.join(map(write, value)) + ']'
    return json.dumps(value, ensure_ascii=False)


def make(rng, depth=0):
    choice = rng.random() * (1 + depth / 2)
    if choice < 0.4:
        return {k: make(rng, depth + 1) for k in rng.sample(KEYS, rng.randint(0, 5))}
    if choice < 0.8:
        return [make(rng, depth + 1) for _ in range(rng.randint(0, 8))]
    return read(rng.choice(SCALARS))


def list_containers(value):
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return ([value] if isinstance(value, (dict, list)) else []) + [
        container for child in children for container in list_containers(child)]


def edit(rng, value):
    containers = list_containers(value)
    if not containers:
        return make(rng)
    container = rng.choice(containers)
    if isinstance(container, dict):
        key = rng.choice(KEYS)
        if container.pop(key, container) is container or rng.random() < 0.5:
            container[key] = make(rng, 3)
        return value
    start = rng.randint(0, len(container))
    block = [container.pop(start) for _ in range(rng.randint(0, min(3, len(container) - start)))]
    if rng.random() < 0.3:
        block = [make(rng, 3)]
    where = rng.randint(0, len(container))
    container[where:where] = block
    return value


def merge(target, patch):
    """RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    target = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            target.pop(name, None)
        else:
            target[name] = merge(target.get(name), value)
    return target


def diff(program, form):
    result = subprocess.run([program, 'diff', '--format=' + form, 'before.json', 'after.json'],
                            capture_output=True, timeout=60)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def same(a, b):
    """As ==, but true is not 1, and the order of keys does not matter."""
    return write_sorted(a) == write_sorted(b)


def write_sorted(value):
    if isinstance(value, dict):
        return '{' + ','.join(f'{json.dumps(k)}:{write_sorted(value[k])}' for k in sorted(value)) + '}'
    if isinstance(value, list):
        return '[' + ','.join(map(write_sorted, value)) + ']'
    return write(value)


def start_python():
    """Returns a function that applies a patch and checks the result, and one that ends."""
    try:
        import jsonpatch
    except ImportError:
        print('python3-jsonpatch is not installed')
        sys.exit(SKIPPED)

    def apply(before, patch, after):
        result = jsonpatch.JsonPatch(read(patch)).apply(copy.deepcopy(before))
        assert same(result, after), patch

    return apply, lambda: None


def start_node():
    """The same with fast-json-patch. It refuses to touch __proto__, and numbers are doubles there."""
    try:
        found = subprocess.run(['node', '-e', 'require("fast-json-patch")'], cwd=FOLDER,
                               capture_output=True).returncode == 0
    except OSError:
        found = False
    if not found:
        print('node does not find fast-json-patch, see --help')
        sys.exit(SKIPPED)

    node = subprocess.Popen(['node', os.path.join(FOLDER, 'apply-patches.js')],
                            stdin=subprocess.PIPE, encoding='utf-8')

    def apply(before, patch, after):
        line = f'[{write(before)},{patch},{write(after)}]'.replace('\n', ' ')
        if '__proto__' not in line:
            node.stdin.write(line + '\n')

    def end():
        node.stdin.close()
        assert node.wait() == 0, 'see above'

    return apply, end


def check(program, apply, before, after):
    for name, value in ('before.json', before), ('after.json', after):
        with open(name, 'w', encoding='utf-8') as file:
            file.write(write(value))

    status, out, err = diff(program, 'json-patch')
    assert status == (0 if same(before, after) else 1), (status, err)
    apply(before, out, after)

    status, out, err = diff(program, 'merge-patch')
    if status == 2:
        assert 'null' in err, err
        return False
    assert same(merge(before, read(out)), after), out
    return True


def main():
    arguments = sys.argv[1:]
    if '--help' in arguments:
        print(__doc__)
        return
    with_node = '--fast-json-patch' in arguments
    if with_node:
        arguments.remove('--fast-json-patch')
    program = os.path.abspath(arguments[0])
    rounds = int(arguments[1]) if len(arguments) > 1 else 100
    rng = random.Random(int(arguments[2]) if len(arguments) > 2 else 1)
    apply, end = start_node() if with_node else start_python()
    n_merged = 0

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for _ in range(rounds):
            before = make(rng)
            after = copy.deepcopy(before) if rng.random() < 0.8 else make(rng)
            for _ in range(rng.randint(0, 5)):
                after = edit(rng, after)
            try:
                n_merged += check(program, apply, before, after)
            except Exception:
                print(f'# before: {write(before)}\n# after: {write(after)}', file=sys.stderr)
                raise
        os.chdir('/')
    end()

    print(f'{rounds} JSON Patches and {n_merged} merge patches were applied')


main()
