// The shell's language: what a line means, and what it prints.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIncomplete } from './run-line.ts';
import { newTestShell } from './testing/index.ts';

const run = (line: string, files?: Readonly<Record<string, string>>): string => newTestShell(files).run(line);

describe('words', () => {
  it('keeps quotes together and takes them away', () => {
    expect(run(`echo 'a  b' "c  d" e\\ f ""x`)).toBe('a  b c  d e f x\n');
    expect(run(`echo "it's" 'say "hi"' $'a\\tb'`)).toBe('it\'s say "hi" a\tb\n');
  });
  it('passes over comments and continued lines', () => {
    expect(run('echo a # b\necho c#d \\\n  e')).toBe('a\nc#d e\n');
  });
  it('puts in variables, and splits what is not quoted', () => {
    expect(run(`x="a  b"; echo $x "$x" \${x}c $y. \${y:-none} \${#x}`)).toBe('a b a  b a bc . none 4\n');
    expect(run(`p=pod/web-0; echo \${p#*/} \${p%/*} \${p##*-} \${p%%-*}`)).toBe('web-0 pod 0 pod/web\n');
    expect(run(`x=web_0.nginx; echo \${x/web/db} \${x//n/N} \${x:0:5} \${x: -5} \${x^^} \${y:=new} $y`)).toBe(
      'db_0.nginx web_0.NgiNx web_0 nginx WEB_0.NGINX new new\n',
    );
    expect(run(`echo \${y:?is not set}`)).toBe('!bash: y: is not set\n');
    expect(run('a=1 b=2; echo $((a + b * 3)) $(( (a+b)*2 )) $((7 % 4 == 3))')).toBe('7 6 1\n');
  });
  it('puts in what a command prints', () => {
    expect(run('echo "$(echo a; echo b)" $(echo c; echo d) `echo e`')).toBe('a\nb c d e\n');
    expect(run('echo $(echo $(echo deep))')).toBe('deep\n');
  });
  it('makes several words of braces, and names of stars', () => {
    expect(run('echo web-{0..2} {a,b}{1,2} {c..a} {x}')).toBe('web-0 web-1 web-2 a1 a2 b1 b2 c b a {x}\n');
    expect(run('echo *.yaml "*.yaml" *.json ?.txt', { 'a.yaml': '', 'b.yaml': '', 'c.txt': '' })).toBe(
      'a.yaml b.yaml *.yaml *.json c.txt\n',
    );
    expect(run('echo {.items[*].metadata.name}')).toBe('{.items[*].metadata.name}\n');
  });
});

describe('commands', () => {
  it('runs one after another, and by how the first went', () => {
    expect(run('echo a; echo b && echo c || echo d')).toBe('a\nb\nc\n');
    expect(run('false && echo a || echo b; echo $?')).toBe('b\n0\n');
    expect(run('! true; echo $?; ! false; echo $?')).toBe('1\n0\n');
  });
  it('says what it does not know, with code 127', () => {
    expect(run('helm install x; echo $?')).toBe('!bash: helm: command not found\n127\n');
  });
  it('loops over words and while something holds', () => {
    expect(run('for i in 0 1 2; do echo "web-$i"; done')).toBe('web-0\nweb-1\nweb-2\n');
    expect(run('for i in $(seq 3)\ndo\n  if [ $i -eq 2 ]; then continue; fi\n  echo $i\ndone')).toBe('1\n3\n');
    expect(run('i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done; until true; do echo no; done')).toBe(
      '1\n2\n3\n',
    );
    expect(run('while true; do break; done; echo over')).toBe('over\n');
  });
  it('chooses', () => {
    expect(run('if false; then echo a; elif [ -z "" ]; then echo b; else echo c; fi')).toBe('b\n');
    expect(run('if [ a = b ]; then echo a; else echo c; fi')).toBe('c\n');
  });
  it('has groups, of which those in brackets keep their variables', () => {
    expect(run('x=1; (x=2; echo $x; exit 3); echo $? $x; { x=4; }; echo $x')).toBe('2\n3 1\n4\n');
  });
  it('ends an endless loop', () => {
    expect(run('while true; do true; done')).toContain('one line runs too many commands');
  });
  it('names the forms that it leaves out', () => {
    expect(run('select x in a; do echo $x; done')).toContain('select is not part of this shell');
    expect(run('false & true')).toContain('& between commands is not part of this shell');
    expect(run('echo a &')).toBe('<note>a\n');
    expect(run('cat <(echo a)')).toContain('use a pipe');
    expect(run('names=(a b)')).toContain('names=( ) is not part of this shell');
  });
  it('chooses by patterns', () => {
    const choose = (word: string): string =>
      run(
        `case ${word} in\n  web-[0-9]) echo pod;;\n  (a|b) echo letter\n  ;;\n  "*") echo star;;\n  *) echo other\nesac`,
      );
    expect([choose('web-3'), choose('b'), choose("'*'"), choose('web-x')]).toEqual([
      'pod\n',
      'letter\n',
      'star\n',
      'other\n',
    ]);
    expect(run('case x in y) echo y;; esac; echo $?')).toBe('0\n');
  });
  it('has functions with arguments and variables of their own', () => {
    expect(run('pod() { local i=$1; echo "web-$i of $#"; return 3; }; i=7; pod 0 x; echo $? $i')).toBe(
      'web-0 of 2\n3 7\n',
    );
    expect(run('function all { for one in "$@"; do echo "<$one>"; done; }; all "a b" c')).toBe('<a b>\n<c>\n');
    expect(run('f() (\n  x=2\n)\nx=1; f; echo $x')).toBe('1\n');
    expect(run('f() { shift; echo $1; }; f a b | tr a-z A-Z')).toBe('B\n');
  });
  it('asks in double brackets, where nothing is split', () => {
    const holds = (text: string): string => run(`x="a b"; n=3; [[ ${text} ]] && echo yes || echo no`).trim();
    for (const text of ['$x == a*', '$x = "a b"', '$x != b*', '-n $x && $n -gt 2', '! -z $x', '( a < b || 1 -eq 2 )'])
      expect(holds(text), text).toBe('yes');
    for (const text of ['$x == "a*"', '$n -lt 3', '-f none', '-z $x || $x == c']) expect(holds(text), text).toBe('no');
    expect(run(`[[ web-12 =~ -([0-9]+)$ ]] && echo \${BASH_REMATCH[1]} $((BASH_REMATCH))`)).toBe('12 0\n');
    expect(run('[[ a')).toContain(']] is missing');
    expect(run('[[ a b ]]')).toContain('syntax error in conditional expression near `b');
  });
  it('counts', () => {
    expect(run('for ((i = 0; i < 3; i++)); do echo $i; done')).toBe('0\n1\n2\n');
    expect(run('i=5; ((i += 2, i *= 2)); echo $i; ((i == 14)) && echo yes; ((i - 14)) || echo zero')).toBe(
      '14\nyes\nzero\n',
    );
    expect(run('i=1; echo $((i++ + ++i)) $i $((i > 2 ? 10 : 20)) $((0 && (i = 9))) $i')).toBe('4 3 10 0 3\n');
    expect(run('let i=2+3; echo $i; echo $((1 / 0))')).toBe('5\n!bash: division by 0\n');
  });
  it('runs files and texts', () => {
    const files = { 'up.sh': 'x=2\necho "$1 of $#"\nexit 4\n', vars: 'x=3' };
    expect(run('x=1; bash up.sh a b; echo $? $x; . vars; echo $x', files)).toBe('a of 2\n4 1\n3\n');
    expect(run(`bash -c 'echo $1' me b; echo 'echo hi' | bash; eval 'echo a;' echo b; bash nope`)).toBe(
      'b\nhi\na\nb\n!bash: nope: No such file or directory\n',
    );
    expect(run('eval "for"')).toContain('syntax error');
    expect(run('x=1; ./up.sh a; echo $? $x', { './up.sh': 'x=2; echo $1; exit 4' })).toBe('a\n4 1\n');
  });
  it('tells where it cannot read on', () => {
    expect(run('echo a )')).toBe("!bash: syntax error near unexpected token `)'\n");
    expect(run('done')).toBe("!bash: syntax error near unexpected token `done'\n");
    expect(run(`echo \${x!y}`)).toContain('bad substitution');
  });
  it('wants more lines where something is open', () => {
    for (const text of [
      "echo 'a",
      'echo "a',
      'for i in 1; do',
      'cat <<EOF\na',
      'echo a |',
      'a &&',
      'if true',
      'echo $(',
      'x \\',
    ])
      expect(isIncomplete(text), text).toBe(true);
    for (const text of ['echo a', 'cat <<EOF\na\nEOF', 'for i in 1; do echo; done', '', 'echo )'])
      expect(isIncomplete(text), text).toBe(false);
  });
});

describe('redirections', () => {
  it('write files and read them', () => {
    const shell = newTestShell();
    shell.run('echo one > a.txt; echo two >> a.txt; cat < a.txt > b.txt');
    expect(Object.fromEntries(shell.files)).toEqual({ 'a.txt': 'one\ntwo\n', 'b.txt': 'one\ntwo\n' });
    expect(shell.run('cat nope 2>/dev/null; cat nope 2>&1 | wc -l; cat < nope')).toBe(
      '1\n!bash: nope: No such file or directory\n',
    );
  });
  it('take texts that stand in the script', () => {
    const shell = newTestShell();
    shell.run(
      'name=web\ncat <<EOF > a.yaml\nname: $name\n  "quoted" $(echo x)\nEOF\ncat <<\'EOF\' > b.yaml\n$name\nEOF',
    );
    expect(shell.files.get('a.yaml')).toBe('name: web\n  "quoted" x\n');
    expect(shell.files.get('b.yaml')).toBe('$name\n');
    expect(shell.run('cat <<-EOF\n\t\ta\n\tEOF')).toBe('a\n');
    expect(shell.run('cat <<< "$name"')).toBe('web\n');
  });
});

describe('pipes', () => {
  it('lead text through tools', () => {
    expect(run("printf 'b 2\\na 1\\nb 3\\n' | sort | awk '{print $2}' | head -2")).toBe('1\n2\n');
    expect(run('printf \'a\\nb\\n\' | while read x; do echo "<$x>"; done')).toBe('<a>\n<b>\n');
    expect(run("printf 'a b\\nc\\n' | xargs echo x; echo y z | xargs -n1 echo; echo q | xargs -I{} echo '[{}]'")).toBe(
      'x a b c\ny\nz\n[q]\n',
    );
  });
  it('give kubectl what it reads', () => {
    const shell = newTestShell({}, (_words, stdin) => stdin ?? 'nothing\n');
    expect(shell.run('cat <<EOF | kubectl apply -f -\nkind: X\nEOF')).toBe('kind: X\n');
    expect(shell.asked).toEqual(['apply -f -']);
  });
});

it('an alias stands for the beginning of a command', () => {
  const shell = newTestShell({}, () => 'ok\n');
  expect(shell.run("alias kg='kubectl get'\nkg pods -o wide")).toBe('ok\n');
  expect(shell.asked).toEqual(['get pods -o wide']);
});

it('hostile nesting ends in words', () => {
  expect(run(`echo ${'$('.repeat(60)}${')'.repeat(60)}`)).toContain('within each other');
  expect(run(`echo ${'{a,b}'.repeat(40)}`)).toContain('words');
  expect(run('(('.repeat(100))).toContain('syntax error');
  expect(run(`[[ ${'! '.repeat(60)} a ]]`)).toContain('within each other');
  expect(run(`echo $((${'('.repeat(200)}1${')'.repeat(200)}))`)).toContain('syntax error in expression');
  expect(run('f() { f; }; f')).toContain('deep within each other');
  expect(run(`x=$(seq -s a 300); for i in $(seq 9000); do y=\${x//*z/q}; done`)).toContain('too many long values');
});

it('whatever is typed, the shell answers and goes on', () => {
  const piece = fc.constantFrom(
    ...`echo |;&&||<<EOF EOF > >> < $( ) { } " ' \\ \n $x $\{ $(( )) for i in do done if then else fi while until case esac function [[ ]] (( )) <( ;; == =~ f() $\{x/a/b} ! # [ ] * ? {a,b} {1..3} 2>&1 a b-1 =`.split(
      ' ',
    ),
    'grep x',
    "awk '{print $1}'",
    "sed 's/a/b/'",
    'sort -k2',
    'xargs echo',
    'kubectl get pods',
    'x=1 ',
    '\n',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const shell = newTestShell({ 'a.yaml': 'x' }, () => 'pod/a\npod/b\n');
      shell.run(pieces.join(' '));
      expect(shell.run('echo ok')).toBe('ok\n');
    }),
    { numRuns: 400 },
  );
});
