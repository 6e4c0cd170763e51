import { describe, it } from 'mocha';
import { assertBroken, assertData } from './support/marked.js';

describe('a key without its colon', () => {
  it('keeps its neighbours, and is kept apart itself', () => {
    assertBroken('topology: v1\n«app»\nbuckets: {}\n', {
      code: 'syntax/missing-colon',
      message: '"app" has no colon: write "app:"',
      fixed: 'topology: v1\napp:\nbuckets: {}\n',
      data: { topology: 'v1', buckets: {} },
      incomplete: ['app'],
    });
  });

  it('is understood with its value', () => {
    assertBroken('«topology» v1\nname: shop\n', {
      code: 'syntax/missing-colon',
      fixed: 'topology: v1\nname: shop\n',
      data: { topology: 'v1', name: 'shop' },
    });
  });

  it('is understood with the map below it', () => {
    assertBroken('«apps»\n  web:\n    port: 3000\n  api:\n    port: 1\nx: 1\n', {
      code: 'syntax/missing-colon',
      fixed: 'apps:\n  web:\n    port: 3000\n  api:\n    port: 1\nx: 1\n',
      data: { apps: { web: { port: 3000 }, api: { port: 1 } }, x: 1 },
    });
  });

  it('is understood deep inside, in its own map', () => {
    assertBroken('databases:\n  «main»\n    engine: postgresql\n    type: ccx13\nb: 1\n', {
      code: 'syntax/missing-colon',
      data: { databases: { main: { engine: 'postgresql', type: 'ccx13' } }, b: 1 },
    });
  });

  it('is understood in front of brackets', () => {
    assertBroken('«run» { container: "x" }\nb: 1\n', {
      code: 'syntax/missing-colon',
      fixed: 'run: { container: "x" }\nb: 1\n',
      data: { b: 1 },
    });
  });

  it('is found at the end of a map, and of the file', () => {
    const expected = { code: 'syntax/missing-colon', incomplete: ['api'] };
    assertBroken('apps:\n  web: {}\n  «api»\ndatabases: {}\n', expected);
    assertBroken('apps:\n  web: {}\n  «api»', expected);
  });

  it('is found within braces', () => {
    assertBroken('volume: { «size» 100GB, filesystem: ext4 }\n', {
      code: 'syntax/missing-colon',
      fixed: 'volume: { size: 100GB, filesystem: ext4 }\n',
      data: { volume: { size: '100GB', filesystem: 'ext4' } },
    });
    assertBroken('web: { «po» }\n', { code: 'syntax/missing-colon', data: { web: {} }, incomplete: ['po'] });
  });

  it('may have an equals sign', () => {
    assertBroken('a: 1\n«port» = 3000\nb: 2\n', {
      code: 'syntax/missing-colon',
      message: 'YAML has no "=": write "port: " and then the value',
      fixed: 'a: 1\nport: 3000\nb: 2\n',
      data: { a: 1, port: 3000, b: 2 },
    });
  });

  it('may lack only the space after it', () => {
    assertBroken('web:\n  port«:»3000\n  type: cx23\n', {
      code: 'syntax/missing-space',
      fixed: 'web:\n  port: 3000\n  type: cx23\n',
      data: { web: { port: 3000, type: 'cx23' } },
    });
    assertBroken('web: { port«:»3000 }\n', { code: 'syntax/missing-space', data: { web: { port: 3000 } } });
  });

  it('is the first word of a file that is being begun', () => {
    assertBroken('«topology»', { code: 'syntax/missing-colon', data: {}, incomplete: ['topology'] });
  });
});

describe('a quote that is never closed', () => {
  const code = 'syntax/unclosed-quote';

  it('ends with its line', () => {
    assertBroken('image: «"debian-12»\nname: shop\n', {
      code,
      fixed: 'image: "debian-12"\nname: shop\n',
      data: { image: 'debian-12', name: 'shop' },
    });
    assertBroken("image: «'debian-12»   # comment\nname: 'shop'\n", {
      code,
      fixed: "image: 'debian-12'   # comment\nname: 'shop'\n",
      data: { image: 'debian-12', name: 'shop' },
    });
  });

  it('ends before the brackets around it', () => {
    assertBroken('a: { x: «"b» }\nb: 2\n', { code, fixed: 'a: { x: "b" }\nb: 2\n', data: { a: { x: 'b' }, b: 2 } });
    assertBroken('l: [«"a, b»]\nk: 1\n', { code, fixed: 'l: ["a, b"]\nk: 1\n', data: { l: ['a, b'], k: 1 } });
  });

  it('leaves the lines of the brackets around it', () => {
    assertBroken('a: {\n  x: «"b»,\n  y: 1\n}\nb: 2\n', { code, data: { a: { x: 'b', y: 1 }, b: 2 } });
  });

  it('may look closed by two single quotes, which are one', () => {
    assertBroken("a: «'it''»\n", { code, fixed: "a: 'it'''\n", data: { a: "it'" } });
  });
});

describe('a bracket that is never closed', () => {
  const code = 'syntax/unclosed-bracket';

  it('ends where a key begins that is not inside it', () => {
    assertBroken('a: «{» size: 100GB\nb: 2\n', {
      code,
      fixed: 'a: { size: 100GB }\nb: 2\n',
      data: { a: { size: '100GB' }, b: 2 },
    });
  });

  it('is reported once with those around it', () => {
    assertBroken('a: { l: «[»1, 2\nb: 2\n', {
      code,
      message: 'this "[" is never closed: add "] }"',
      fixed: 'a: { l: [1, 2] }\nb: 2\n',
      data: { a: { l: [1, 2] }, b: 2 },
    });
  });

  it('ends where one around it is closed', () => {
    assertBroken('a: { l: «[»1, 2 }\nb: 2\n', {
      code,
      fixed: 'a: { l: [1, 2] }\nb: 2\n',
      data: { a: { l: [1, 2] }, b: 2 },
    });
  });

  it('may be closed by one of the other kind', () => {
    assertBroken('a: «[»1, 2}\nb: 2\n', { code, fixed: 'a: [1, 2]\nb: 2\n', data: { a: [1, 2], b: 2 } });
  });
});

describe('brackets', () => {
  it('divide by commas', () => {
    assertBroken('a: [x y, "a" «"b"»]\n', {
      code: 'syntax/missing-comma',
      fixed: 'a: [x y, "a", "b"]\n',
      data: { a: ['x y', 'a', 'b'] },
    });
    assertBroken('a: {\n  b: x\n  «c»: y,\n  d: z\n}\ne: 1\n', {
      code: 'syntax/missing-comma',
      fixed: 'a: {\n  b: x,\n  c: y,\n  d: z\n}\ne: 1\n',
      data: { a: { b: 'x', c: 'y', d: 'z' }, e: 1 },
    });
    assertBroken('a: { b: 1 «c»: 2 }\n', { code: 'syntax/missing-comma', data: { a: { b: 1, c: 2 } } });
  });

  it('have no comma to add where a quote is missing further left', () => {
    assertBroken('a: { b: "x }, c: { d: "«$»{e}" } }\n', { code: 'syntax/missing-comma', fixed: null });
  });

  it('have something between two commas', () => {
    assertBroken('a: [1,«,» 2]\n', { code: 'syntax/invalid-yaml', fixed: 'a: [1, 2]\n', data: { a: [1, 2] } });
  });

  it('hold no list items with dashes', () => {
    assertBroken('a: [\n  «-» b\n]\n', { code: 'syntax/list-item', data: { a: ['b'] } });
  });

  it('are not closed twice', () => {
    const expected = { code: 'syntax/unexpected-text', fixed: 'a: [1]\nb: 2\n', data: { a: [1], b: 2 } };
    assertBroken('a: [1]«]»\nb: 2\n', expected);
    assertBroken('a: «]»\nb: 2\n', { ...expected, fixed: 'a: \nb: 2\n', data: { a: null, b: 2 } });
  });
});

describe('a value', () => {
  it('with a colon needs quotes', () => {
    assertBroken('command: «echo done: all»\nb: 1\n', {
      code: 'syntax/quote-value',
      fixed: 'command: "echo done: all"\nb: 1\n',
      data: { command: 'echo done: all', b: 1 },
    });
  });

  it('that begins with a reserved character needs quotes', () => {
    assertBroken('a: «@every 5m»\n', {
      code: 'syntax/quote-value',
      fixed: 'a: "@every 5m"\n',
      data: { a: '@every 5m' },
    });
    assertBroken('a: «%h»\n', { code: 'syntax/quote-value', fixed: 'a: "%h"\n' });
  });

  it('ends with its quote', () => {
    assertBroken('a: "b" «c d»  # comment\ne: 1\n', {
      code: 'syntax/unexpected-text',
      fixed: null,
      data: { a: 'b', e: 1 },
    });
  });

  it('has known escapes', () => {
    assertBroken('a: "C:«\\q»x"\n', { code: 'syntax/escape', fixed: 'a: "C:\\\\qx"\n' });
    assertBroken('a: "«\\u12»"\n', { code: 'syntax/escape' });
    assertBroken('a: «"\\ud800"»\n', { code: 'syntax/escape' });
    assertBroken('a: «"\\0"»\n', { code: 'syntax/escape' });
  });

  it('in a block has a header that YAML knows', () => {
    assertBroken('a: «|2x»\n  b\nc: 1\n', { code: 'syntax/invalid-yaml', data: { a: 'b\n', c: 1 } });
  });
});

describe('indentation', () => {
  const code = 'syntax/indentation';

  it('is the same for all keys of a map', () => {
    assertBroken('apps:\n  web:\n    port: 3000\n   «type»: cx23\nz: 1\n', {
      code,
      message: 'indented by 3 where its neighbours are indented by 4: line them up',
      fixed: 'apps:\n  web:\n    port: 3000\n    type: cx23\nz: 1\n',
      data: { apps: { web: { port: 3000, type: 'cx23' } }, z: 1 },
    });
  });

  it('is mended for all the lines that are out by the same', () => {
    assertBroken('web:\n  port: 3000\n    «env»:\n      A: 1\n    drain: 2\n  x: 1\n', {
      code,
      fixed: 'web:\n  port: 3000\n  env:\n    A: 1\n  drain: 2\n  x: 1\n',
      data: { web: { port: 3000, env: { A: 1 }, drain: 2, x: 1 } },
    });
  });

  it('is that of the one line that fell out of the lines around it, not of those behind it', () => {
    assertBroken('lb:\n  edge:\n    mode: bgp\n  «count»: 2\n    type: cx23\n    tls:\n      mode: none\nz: 1\n', {
      code,
      message: 'indented by 2 where its neighbours are indented by 4: line them up',
      fixed: 'lb:\n  edge:\n    mode: bgp\n    count: 2\n    type: cx23\n    tls:\n      mode: none\nz: 1\n',
    });
    assertBroken('lb:\n  edge:\n    mode: bgp\n«count»: 2\n    # a comment\n    type: cx23\n  other: {}\nz: 1\n', {
      code,
      message: 'indented by 0 where its neighbours are indented by 4: line them up',
      fixed: 'lb:\n  edge:\n    mode: bgp\n    count: 2\n    # a comment\n    type: cx23\n  other: {}\nz: 1\n',
    });
  });

  it('is the same for all items of a list', () => {
    assertBroken('l:\n  - a\n   «-» b: 1\n', { code, fixed: 'l:\n  - a\n  - b: 1\n', data: { l: ['a', { b: 1 }] } });
  });

  it('has no tabs, and one fix for all of them', () => {
    assertBroken('a:\n«\t»b: 1\n\tc:\n\t\td: 2\n', {
      code: 'syntax/tab',
      message: 'a tab cannot indent YAML: use spaces (here and on 2 more lines)',
      fixed: 'a:\n  b: 1\n  c:\n    d: 2\n',
      data: { a: { b: 1, c: { d: 2 } } },
    });
  });

  it('may have tabs where they indent nothing', () => {
    assertData('a:\tb\t# c\nd: [\n \t1,\n \t2 ]\n\t\n\t# e\nf: 1\n', { a: 'b', d: [1, 2], f: 1 });
    assertData('{\n\t"a": 1\n}\n', { a: 1 });
  });

  it('has no tabs within brackets either', () => {
    assertBroken('a: {\n«\t»b: 1,\n\tc: 2\n}\nd: 1\n', {
      code: 'syntax/tab',
      fixed: 'a: {\n  b: 1,\n  c: 2\n}\nd: 1\n',
      data: { a: { b: 1, c: 2 }, d: 1 },
    });
  });

  it('has no tab between a dash and a map', () => {
    assertBroken('l:\n«  -\t»a: 1\n    b: 2\n', { code: 'syntax/tab', fixed: 'l:\n  -  a: 1\n    b: 2\n' });
  });
});

describe('a list', () => {
  const code = 'syntax/list-item';

  it('has a dash before each item', () => {
    assertBroken('l:\n  - a\n  «b»\n  - c\nd: 1\n', {
      code,
      fixed: 'l:\n  - a\n  - b\n  - c\nd: 1\n',
      data: { l: ['a', 'b', 'c'], d: 1 },
    });
    assertBroken('l:\n  - a\n  «b»: 1\nd: 1\n', { code, data: { l: ['a'], d: 1 } });
  });

  it('does not begin on the line of its key', () => {
    assertBroken('a: «-» b\nc: 1\n', { code, fixed: null, data: { a: ['b'], c: 1 } });
  });

  it('does not stand among keys', () => {
    assertBroken('a: 1\n«-» x\n- y\nb: 2\n', { code, data: { a: 1, b: 2 } });
  });
});

describe('what YAML allows and a topology has no use for', () => {
  it('is a key that is no text', () => {
    assertBroken('? «[a]»\n: 1\nb: 2\n', { code: 'syntax/key-not-text', data: { b: 2 } });
    assertBroken('«~»: 1\nb: 2\n', { code: 'syntax/key-not-text', data: { b: 2 } });
    assertBroken('«:» 1\nb: 2\n', { code: 'syntax/key-not-text', data: { b: 2 } });
    assertBroken('a: { «{ b: 1 }»: 2, c: 3 }\n', { code: 'syntax/key-not-text', data: { a: { c: 3 } } });
  });

  it('is a tag', () => {
    assertBroken('a: «!!binary» aGk=\n', { code: 'syntax/tag', fixed: 'a: aGk=\n', data: { a: 'aGk=' } });
    assertBroken('a: «!include» x.yaml\n', { code: 'syntax/tag', fixed: 'a: x.yaml\n' });
    assertBroken('a: «!!str» 12\n', { code: 'syntax/tag', data: { a: '12' } });
  });

  it('is a second document', () => {
    assertBroken('a: 1\n«---»\nb: 1\n', { code: 'syntax/several-documents', fixed: null, data: { a: 1 } });
    assertBroken('a: 1\n...\n«b»: 1\n', { code: 'syntax/several-documents', data: { a: 1 } });
    assertBroken('a: 1\n«---»\n', { code: 'syntax/several-documents', fixed: 'a: 1\n' });
  });

  it('is a directive', () => {
    assertBroken('«%YAML 1.1»\n---\na: yes\n', {
      code: 'syntax/directive',
      fixed: '---\na: yes\n',
      data: { a: 'yes' },
    });
    assertBroken('«%TAG ! tag:x,2000:»\n---\na: 1\n', { code: 'syntax/directive' });
  });

  it('is anything but a map', () => {
    assertBroken('«- a\n- b»\n', {
      code: 'syntax/not-a-map',
      message: 'a topology is a map of keys such as "name:" and "apps:", this is a list',
    });
    assertBroken('«"text"»\n', { code: 'syntax/not-a-map' });
    assertBroken('«just\nsome text»\n', { code: 'syntax/not-a-map' });
  });
});

describe('comments', () => {
  it('have a space in front of them', () => {
    assertBroken('a: "x"«#y»\n', { code: 'syntax/invalid-yaml', fixed: 'a: "x" #y\n', data: { a: 'x' } });
  });
});
