# Copyright 2026 The Backstay developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs `backstay diff` as scripts and people do, and `backstay` as far as it needs no display.

Usage: test-cli.py PROGRAM
"""

import json
import os
import pty
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
SAME, DIFFERENT, TROUBLE = 0, 1, 2

BEFORE = '{"name": "sdxl", "default_settings": {"guidance_scale": 99, "strength": 1}, "old": null}'
AFTER = '{"default_settings": {"strength": 1.0, "guidance_scale": 7.5}, "name": "sdxl", "new": [1]}'
SENTENCES = """\
`default_settings.guidance_scale` changed from 99 to 7.5
`default_settings.strength` is spelt 1.0 instead of 1
`old` was removed (was null)
`new` was added: an array of 1 element
"""


def environment(**changes):
    """The caller's environment without a display, and without wishes for colours."""
    without = {'DISPLAY', 'WAYLAND_DISPLAY', 'NO_COLOR', 'TERM'}
    return {k: v for k, v in os.environ.items() if k not in without} | {'TERM': 'xterm'} | changes


def run(*arguments, stdin=b'', env=None):
    return subprocess.run([PROGRAM, 'diff', *arguments], input=stdin, capture_output=True,
                          env=env or environment(), timeout=60)


def run_window(*arguments):
    # GTK warns where there is no display, which is not to be fatal here.
    return subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          env=environment(G_DEBUG=''), timeout=60)


def check(result, status, out=None, err=''):
    assert result.returncode == status, (result.returncode, result.stdout, result.stderr)
    if out is not None:
        assert sorted(result.stdout.decode().splitlines()) == sorted(out.splitlines()), result.stdout
    assert err in result.stderr.decode() if err else result.stderr == b'', result.stderr


def write(name, content):
    with open(name, 'wb') as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def test_sentences():
    check(run('before.json', 'after.json'), DIFFERENT, SENTENCES)
    check(run('--format=sentences', 'before.json', 'after.json'), DIFFERENT, SENTENCES)
    check(run('before.json', 'before.json'), SAME, '')


def test_summary():
    check(run('--format=summary', 'before.json', 'after.json'), DIFFERENT,
          '1 changed, 1 added, 1 removed, spelling only: 1')
    check(run('-f', 'summary', 'after.json', 'after.json'), SAME, 'no difference')


def test_json_patch():
    result = run('--format=json-patch', 'before.json', 'after.json')
    check(result, DIFFERENT)
    patch = {(operation['op'], operation['path']) for operation in json.loads(result.stdout)}
    assert patch == {('remove', '/old'), ('add', '/new'),
                     ('replace', '/default_settings/strength'),
                     ('replace', '/default_settings/guidance_scale')}, patch
    check(run('--format=json-patch', 'after.json', 'after.json'), SAME, '[]')


def test_identical():
    write('small.json', '[1, 2')
    check(run('small.json', 'small.json'), TROUBLE, '', 'small.json: line 1, column 6')
    write('same.json', '[' + '"large", ' * 50000 + '1]')
    write('copy.json', '[' + '"large", ' * 50000 + '1]')
    check(run('same.json', 'copy.json'), SAME, '')
    check(run('-f', 'summary', 'same.json', 'copy.json'), SAME, 'no difference')
    check(run('-f', 'json-patch', 'same.json', 'copy.json'), SAME, '[]')
    result = run('-f', 'merge-patch', 'same.json', 'copy.json')
    check(result, SAME)
    assert json.loads(result.stdout) == ['large'] * 50000 + [1]


def test_merge_patch():
    result = run('--format=merge-patch', 'before.json', 'after.json')
    check(result, DIFFERENT)
    assert json.loads(result.stdout, parse_float=str) == {
        'default_settings': {'guidance_scale': '7.5', 'strength': '1.0'}, 'old': None, 'new': [1]}
    check(run('--format=merge-patch', 'after.json', 'before.json'), TROUBLE, '',
          'A merge patch cannot set “old” to null')


def test_spelling():
    write('1.json', '[1, "\\u00e9"]')
    write('1.0.json', '[1.0, "é"]')
    check(run('1.json', '1.0.json'), DIFFERENT,
          '`[0]` is spelt 1.0 instead of 1\n`[1]` is spelt "é" instead of "\\u00e9"')
    check(run('--ignore-spelling', '1.json', '1.0.json'), SAME, '')
    check(run('-s', '-f', 'summary', '1.json', '1.0.json'), SAME, 'no difference')
    check(run('-s', '-f', 'merge-patch', '1.json', '1.0.json'), SAME, '[1.0,"é"]')


def test_standard_input():
    check(run('-', 'after.json', stdin=BEFORE.encode()), DIFFERENT, SENTENCES)
    check(run('before.json', '-', stdin=AFTER.encode()), DIFFERENT, SENTENCES)
    check(run('before.json', '-', stdin=b'[1,]'), TROUBLE, '', 'standard input: line 1, column 4: ')
    check(run('-', '-'), TROUBLE, '', 'Only one')
    with open('after.json', 'rb') as file:
        result = subprocess.run([PROGRAM, 'diff', 'before.json', '-'], stdin=file,
                                capture_output=True, env=environment(), timeout=60)
    check(result, DIFFERENT, SENTENCES)


def test_pipe_as_file():
    reader, writer = os.pipe()
    os.write(writer, AFTER.encode())
    os.close(writer)
    result = subprocess.run([PROGRAM, 'diff', 'before.json', f'/dev/fd/{reader}'],
                            pass_fds=[reader], capture_output=True, env=environment(), timeout=60)
    os.close(reader)
    check(result, DIFFERENT, SENTENCES)


def test_key():
    write('k1.json', '[{"slug": "a", "v": 1, "w": 1}, {"slug": "b", "v": 2, "w": 2}]')
    write('k2.json', '[{"slug": "b", "v": 3, "w": 4}, {"slug": "a", "v": 5, "w": 6}]')
    result = run('--key=slug', 'k1.json', 'k2.json')
    check(result, DIFFERENT)
    assert b'moved' in result.stdout, result.stdout
    assert b'slug' not in result.stdout, result.stdout


def test_errors():
    write('bad.json', '{\n  "a": 1,\n  "b"  "c"\n}')
    write('empty.json', '')
    write('latin1.json', b'"\xe9"')
    write('twice.json', '{\n "a": {"x y": 1,\n  "\\u0078 y": 2}}')
    os.mkdir('directory')
    write('large.json', '')
    os.truncate('large.json', 2**30 + 1)
    for path, message in {
            'bad.json': 'bad.json: line 3, column 8: a colon is expected here',
            'empty.json': 'empty.json: line 1, column 1: ',
            'latin1.json': 'latin1.json: line 1, column 2: ',
            'missing.json': 'missing.json: No such file or directory',
            'directory': 'directory: Is a directory',
            'twice.json': 'twice.json: line 3, column 3: the key “',
            'large.json': 'large.json: line 1, column 1: the text is larger than 1 GiB',
    }.items():
        check(run(path, 'after.json'), TROUBLE, '', message)
        check(run('before.json', path), TROUBLE, '', message)
        check(run(path, path), TROUBLE, '', message)


def test_options():
    check(run(), TROUBLE, '', 'Two files')
    check(run('before.json'), TROUBLE, '', 'Two files')
    check(run('before.json', 'after.json', 'after.json'), TROUBLE, '', 'Two files')
    check(run('--format=xml', 'before.json', 'after.json'), TROUBLE, '', '--format')
    check(run('--color=blue', 'before.json', 'after.json'), TROUBLE, '', '--color')
    check(run('--nonsense', 'before.json', 'after.json'), TROUBLE, '', '--nonsense')
    result = run('--help')
    check(result, SAME)
    for word in (b'backstay diff', b'--format', b'--key', b'--ignore-spelling', b'--color', b'exit status'):
        assert word in result.stdout, word


def test_colours():
    coloured = run('--color=always', 'before.json', 'after.json', env=environment(NO_COLOR='1')).stdout
    assert b'\x1b[33m`default_settings.guidance_scale` changed from 99 to 7.5\x1b[0m\n' in coloured
    assert b'\x1b[31m`old` was removed' in coloured and b'\x1b[32m`new` was added' in coloured
    assert b'\x1b' not in run('before.json', 'after.json').stdout


def run_on_terminal(*arguments, **changes):
    parent, child = pty.openpty()
    process = subprocess.Popen([PROGRAM, 'diff', *arguments, 'before.json', 'after.json'],
                               stdout=child, env=environment(**changes))
    os.close(child)
    output = b''
    try:
        while chunk := os.read(parent, 4096):
            output += chunk
    except OSError:  # Linux's way to say that the other end is closed.
        pass
    os.close(parent)
    assert process.wait(60) == DIFFERENT
    return output


def test_terminal():
    assert b'\x1b[33m' in run_on_terminal()
    assert b'\x1b[33m' in run_on_terminal(NO_COLOR='')
    assert b'\x1b' not in run_on_terminal(NO_COLOR='1')
    assert b'\x1b' not in run_on_terminal(TERM='dumb')
    assert b'\x1b' not in run_on_terminal('--color=never')
    assert b'\x1b' not in run_on_terminal('--format=json-patch')


def test_full_disk():
    with open('/dev/full', 'wb') as full:
        result = subprocess.run([PROGRAM, 'diff', 'before.json', 'after.json'], stdout=full,
                                stderr=subprocess.PIPE, env=environment(), timeout=60)
    assert result.returncode == TROUBLE and b'No space left' in result.stderr, result


def test_character_set():
    """Sentences are for the terminal, patches for machines, which read UTF-8."""
    write('e.json', '{}')
    write('f.json', '{"é": "日本"}')
    ascii_only = environment(LC_ALL='C')
    check(run('--format=json-patch', 'e.json', 'f.json', env=ascii_only), DIFFERENT,
          '[\n  {"op":"add","path":"/é","value":"日本"}\n]')
    result = run('e.json', 'f.json', env=ascii_only)
    assert result.returncode == DIFFERENT and result.stdout.isascii(), result.stdout


def test_window_arguments():
    """What makes no sense is told before a display is looked for."""
    uri = 'postgresql://me@localhost/platform'
    for arguments, message in {
            ('before.json', 'after.json', 'before.json'): 'Too many arguments',
            (uri, uri, uri): 'Too many arguments',
            (uri, uri): 'One connection URI is enough',
            (uri, 'after.json'): 'One connection URI is enough',
            ('before.json', uri): 'One connection URI is enough',
            ('--sample', 'before.json', 'after.json'): 'without the sample data',
            ('-', '-'): 'Only one of the files can be the standard input',
            ('-',): 'Two files are needed',
            ('before.json',): 'Two files are needed',
            ('--nonsense',): '--nonsense',
    }.items():
        result = run_window(*arguments)
        check(result, 1, '', message)
        assert b'display' not in result.stderr, result.stderr


def test_window_needs_display():
    result = run_window('before.json', 'after.json')
    assert result.returncode == 1 and b'display' in result.stderr, result


def test_window_help():
    result = run_window('--help')
    check(result, 0)
    for word in ('URI | BEFORE.json AFTER.json', '--sample', '1 GiB', 'standard input', 'backstay diff'):
        assert word in result.stdout.decode(), word


def main():
    tests = [(name[5:], test) for name, test in globals().items() if name.startswith('test_')]
    failed = 0
    print(f'1..{len(tests)}')
    for number, (name, test) in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            write('before.json', BEFORE)
            write('after.json', AFTER)
            try:
                test()
                print(f'ok {number} /cli/{name.replace("_", "-")}')
            except (AssertionError, subprocess.TimeoutExpired) as error:
                failed += 1
                print(f'not ok {number} /cli/{name.replace("_", "-")}')
                print('# ' + repr(error).replace('\n', '\n# '))
            os.chdir('/')
    return failed > 0


sys.exit(main())
