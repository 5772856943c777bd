// The text tools print what those of a real machine print.
import { describe, expect, it } from 'vitest';
import { newTestShell } from '../testing/index.ts';

const PODS = `NAME    READY   STATUS    RESTARTS   AGE
web-0   1/1     Running   0          2m
web-1   0/1     Pending   0          5s
web-10  1/1     Running   3          1m
`;

const run = (line: string): string => newTestShell({ pods: PODS, 'a.txt': 'one\ntwo\n', 'b.txt': 'two\n' }).run(line);

describe('grep', () => {
  it('shows lines that have a pattern, or have not', () => {
    expect(run('grep Running pods')).toBe(
      'web-0   1/1     Running   0          2m\nweb-10  1/1     Running   3          1m\n',
    );
    expect(run('cat pods | grep -v -i running | grep -n web')).toBe('2:web-1   0/1     Pending   0          5s\n');
    expect(run('grep -c web pods; grep -E -o "web-[0-9]+" pods; grep -w "web-1" -c pods')).toBe(
      '3\nweb-0\nweb-1\nweb-10\n1\n',
    );
  });
  it('has files, contexts and codes', () => {
    expect(run('grep two a.txt b.txt; grep -l one a.txt b.txt; grep -h two a.txt b.txt')).toBe(
      'a.txt:two\nb.txt:two\na.txt\ntwo\ntwo\n',
    );
    expect(run('grep -A1 -n web-0 pods; grep -B 1 web-1 pods | head -1')).toContain('3-web-1');
    expect(run('grep nope pods; echo $?; grep -q web pods && echo yes; grep x nope')).toBe(
      '1\nyes\n!grep: nope: No such file or directory\n',
    );
  });
  it('reads basic and extended expressions', () => {
    expect(run(`printf 'a+b\\naab\\n(x)\\n' | grep 'a+b'`)).toBe('a+b\n');
    expect(run(`printf 'a+b\\naab\\n(x)\\n' | grep -E 'a+b'`)).toBe('aab\n');
    expect(run(`printf 'a+b\\naab\\n(x)\\n' | grep '(x)\\|aa'`)).toBe('aab\n(x)\n');
    expect(run(`printf 'a.b\\naxb\\n' | grep -F a.b; printf 'x1\\ny\\n' | grep '[[:digit:]]$'`)).toBe('a.b\nx1\n');
    expect(run("grep -E '(' pods")).toContain('Invalid regular expression');
  });
  it('does not try what would take the browser longer than anybody waits', () => {
    const costly = ['(a+)+$', '(a|a)*$', '((x*)*)y', '(.|a)+b', '([a-z]+)*1', '(a{1,})+b', '(\\w+\\s?)*$'];
    for (const pattern of costly) expect(run(`grep -E '${pattern}' pods`), pattern).toContain('is not tried');
    expect(run("sed 's/\\(a*\\)*b/c/' pods")).toContain('is not tried');
    const plain = [
      '([0-9]{1,3}[.]){3}[0-9]{1,3}',
      '(web|db)-[0-9]+',
      '(ab|cd)+',
      '(1/1|0/1) +R',
      '^(web-[0-9]+ )?x*',
      'a+b*',
    ];
    for (const pattern of plain) expect(run(`grep -E -c '${pattern}' pods`), pattern).not.toContain('is not tried');
  });
});

describe('head, tail and wc', () => {
  it('show the first and last lines', () => {
    expect(run('seq 20 | head -n 2; seq 20 | tail -n 2; seq 5 | tail -n +4; seq 4 | head -n -2; seq 3 | tail -1')).toBe(
      '1\n2\n19\n20\n4\n5\n1\n2\n3\n',
    );
    expect(run('head -1 a.txt b.txt')).toBe('==> a.txt <==\none\n\n==> b.txt <==\ntwo\n');
  });
  it('count', () => {
    expect(run('cat a.txt | wc -l; wc -l a.txt; echo ä | wc -c; wc -l a.txt b.txt')).toBe(
      '2\n  2 a.txt\n3\n  2 a.txt\n  1 b.txt\n  3 total\n',
    );
  });
});

describe('sort and uniq', () => {
  it('sort by text, number, field and version', () => {
    expect(run('seq 11 | sort | head -3')).toBe('1\n10\n11\n');
    expect(run('seq 11 | sort -n -r | head -2')).toBe('11\n10\n');
    expect(run('tail -n +2 pods | sort -k4 -n -r | head -1')).toContain('web-10');
    expect(
      run("printf 'a:2\\nb:1\\n' | sort -t: -k2; printf 'w-10\\nw-9\\n' | sort -V; printf 'b\\na\\nb\\n' | sort -u"),
    ).toBe('b:1\na:2\nw-9\nw-10\na\nb\n');
  });
  it('count equal neighbours', () => {
    expect(run("printf 'a\\na\\nb\\n' | uniq -c; printf 'a\\na\\nb\\n' | uniq -d; printf 'a\\na\\nb\\n' | uniq")).toBe(
      '      2 a\n      1 b\na\na\nb\n',
    );
  });
});

describe('awk', () => {
  it('picks fields', () => {
    expect(run("awk '{print $1}' pods | tail -1; awk 'NR>1 {print $1 \"=\" $3}' pods | head -1")).toBe(
      'web-10\nweb-0=Running\n',
    );
    expect(run("awk '$3==\"Running\" {print $1, $NF}' pods; awk '/Pending/' pods")).toBe(
      'web-0 2m\nweb-10 1m\nweb-1   0/1     Pending   0          5s\n',
    );
    expect(run("echo a:b:c | awk -F: '{print $2; print $(NF-1)}'; echo 'a b' | awk -v x=1 '{print x, NF, NR}'")).toBe(
      'b\nb\n1 2 1\n',
    );
  });
  it('sums up', () => {
    expect(run('awk \'NR>1 {s+=$4; n[$3]++} END {print s, n["Running"]; for (k in n) print k, n[k]}\' pods')).toBe(
      '3 2\nRunning 2\nPending 1\n',
    );
    expect(
      run(
        'echo abc | awk \'{print length($0), substr($0,2,1), toupper($1); gsub(/b/,"[&]"); printf "%s|%3d\\n", $0, 7}\'',
      ),
    ).toBe('3 b ABC\na[b]c|  7\n');
    expect(run('seq 4 | awk \'{ if ($1 % 2) next; print } END { print NR " lines" }\'')).toBe('2\n4\n4 lines\n');
  });
  it('says what it cannot read', () => {
    expect(run("echo a | awk '{print $1'")).toContain('awk: syntax error');
    expect(run("echo a | awk '{while (1) {}}'")).toContain('while is not part of this awk');
  });
});

describe('sed', () => {
  it('replaces', () => {
    expect(
      run("echo 'replicas: 3' | sed 's/replicas: 3/replicas: 5/'; echo aaa | sed 's/a/b/2'; echo aaa | sed 's/a/b/g'"),
    ).toBe('replicas: 5\naba\nbbb\n');
    expect(run(`echo web-12 | sed -E 's/([a-z]+)-([0-9]+)/\\2:\\1:&/'; echo a/b | sed 's|/|.|'`)).toBe(
      '12:web:web-12\na.b\n',
    );
  });
  it('chooses lines', () => {
    expect(
      run("seq 5 | sed -n '2p;4,$p'; seq 5 | sed '2,4d'; seq 3 | sed '/2/d'; seq 9 | sed 2q; seq 3 | sed '$d'"),
    ).toBe('2\n4\n5\n1\n5\n1\n3\n1\n2\n1\n2\n');
  });
  it('changes files in place', () => {
    const shell = newTestShell({ 'web.yaml': 'replicas: 2\nname: web\n' });
    expect(shell.run("sed -i 's/replicas: 2/replicas: 4/' web.yaml nope")).toContain('nope');
    expect(shell.files.get('web.yaml')).toBe('replicas: 4\nname: web\n');
    expect(run("sed 'y/a/b/' pods")).toContain('unknown command');
  });
});

describe('cut, tr, column and tee', () => {
  it('cut by fields and places', () => {
    expect(
      run(
        'echo a:b:c | cut -d: -f1,3; echo abcdef | cut -c2-4; echo nothing | cut -d: -f2; echo a:b:c | cut -d : -f 2-',
      ),
    ).toBe('a:c\nbcd\nnothing\nb:c\n');
  });
  it('tr puts characters in the place of others', () => {
    expect(run("echo abc | tr a-z A-Z; echo aabb | tr -s a; echo a1b2 | tr -d 0-9; echo 'a b' | tr ' ' '\\n'")).toBe(
      'ABC\nabb\nab\na\nb\n',
    );
    expect(run("echo 'Web-0!' | tr -cd '[:alnum:]'")).toBe('Web0');
  });
  it('column makes a table', () => {
    expect(run("printf 'a bb\\nccc d\\n' | column -t")).toBe('a    bb\nccc  d\n');
  });
  it('tee writes what passes', () => {
    const shell = newTestShell();
    expect(shell.run('echo x | tee out.txt | cat; echo y | tee -a out.txt > /dev/null')).toBe('x\n');
    expect(shell.files.get('out.txt')).toBe('x\ny\n');
  });
});

it('printf and echo fill in and escape', () => {
  expect(run("printf '%s-%d\\n' a 1 b 2; printf '%5s|%-5s|%05d\\n' a b 42; echo -e 'a\\tb'; echo -n x")).toBe(
    'a-1\nb-2\n    a|b    |00042\na\tb\nx',
  );
});

it('file commands look and change', () => {
  const shell = newTestShell({ 'web.yaml': 'x', 'a.txt': '' });
  expect(shell.run('ls; ls -1; ls nope')).toBe(
    "a.txt  web.yaml\na.txt\nweb.yaml\n!ls: cannot access 'nope': No such file or directory\n",
  );
  expect(shell.run('cp web.yaml b.yaml; mv a.txt c.txt; rm web.yaml nope; touch d.txt; ls')).toBe(
    "!rm: cannot remove 'nope': No such file or directory\nb.yaml  c.txt  d.txt\n",
  );
});

it('wrong options are told', () => {
  expect(run('head -z a.txt; echo $?')).toBe("!head: invalid option -- 'z'\n2\n");
  expect(run('echo a | sort -k x')).toContain('invalid number at field start');
});
