/*
 * Hashes that other systems made: by bcrypt 5.0.0 and argon2-cffi 25.1.0 (the reference implementation) of Python,
 * `$2y$` by crypt(3) of libxcrypt. Of the password of test/support/api.ts, unless the name says otherwise.
 */

/** Of the cost of the stack that the suites run against. */
export const bcryptHashes = {
  $2a$: '$2a$04$flqc8ETaY/UEpkYSGasRVev99W4EHrswbo93FMDtlCg90uITC4CnK',
  $2b$: '$2b$04$axT0ZcMZ.H.Zet.mdieFtOLpaNBOWsxTqpR3wVjjrD7FXXFkrLtei',
  $2y$: '$2y$04$PO9.WDydu24JHXH/KM9vR.yh3WQ.UaYZN8bmfsVBtnDqV4esZno/O',
};

/** By whose defaults or recommendation its parameters are. */
export const argon2idHashes = {
  'argon2-cffi and node-argon2':
    '$argon2id$v=19$m=65536,t=3,p=4$HTACTyYu+oU8/SL5tcVAJg$AILMwRfTs1Zlkt8V4KcYXnePJgn412bD1kleQSt9WCA',
  PHP: '$argon2id$v=19$m=65536,t=4,p=1$a8OjT/E43WtRWacS54FiXw$YJgaExslYr6FSBqgxO/ye5xhwN3bpSi93NL1Oh5lVwM',
  Django:
    '$argon2id$v=19$m=102400,t=2,p=8$aORpY6zAuPq8lfvnkm6J7w$C2hIUDE+dm2ey/aUTnCZUqgzsalzZWEtBsOUJrmM9VI',
  'OWASP, m of 46 MiB':
    '$argon2id$v=19$m=47104,t=1,p=1$J1h5NOe+Vis1yynZsE0zBQ$JqxPLL8biKMpmRgv2UDGyd9IXAmjqKMZNBnnsbWnH1o',
  'OWASP, m of 19 MiB':
    '$argon2id$v=19$m=19456,t=2,p=1$TUvfMTYEGGFufV5YtI6vNQ$+XOq2VHtQBxTUyCUtyK5uso3Il5OimGcyjVvrNcfOg8',
  'OWASP, m of 12 MiB':
    '$argon2id$v=19$m=12288,t=3,p=1$zhPI2Xp4o6+VS8hdR51/Rg$TFXegYke57V1C+x3ISbyO5o6aPtRD4Lzzsg5z2z6mwo',
  'the shortest salt and hash': '$argon2id$v=19$m=64,t=1,p=1$HLJSvBiPAaI$8Sm9K2U4x3lhTmG0QeNBxQ',
  'the longest salt and hash':
    '$argon2id$v=19$m=64,t=2,p=1$3Qduj8D2MUACi3lYWJibiWjUQcZZRq0C+Sa1dgd6Zrc3HGzNGz/9gGMoUlXCvqm+B4pS+rddcpBnbzDjComIPg$f90yXwtoxSwePQGPwTQ3krMhXnpP/gSQY4zQi3X0ngIXRa3U2qjGiUfYw9K+7lvUndEZd3Lwtph2cgQd3VUSQQ',
};

/** Quick to compare. */
export const quickArgon2id =
  '$argon2id$v=19$m=64,t=1,p=1$J7/08aBMflNo0ELfajG5mA$k5Vg2Ca7EPBMpq3AQ/Lwn66Hg7go2GVWCLbjspsqCWo';

/** A password that is written in two ways, in NFC and in NFD, and the hash of either. */
export const umlaut = {
  nfc: '\u00fcbermut-P@ss',
  nfd: 'u\u0308bermut-P@ss',
  hashOfNfc:
    '$argon2id$v=19$m=64,t=1,p=1$l4TakmOT9hxJ5Bfd2RhU2w$gOGeHV5ZLg38+ceICYzhueHebAahEk/1gddc6RZFts0',
  hashOfNfd:
    '$argon2id$v=19$m=64,t=1,p=1$dVDduh8qTWVqSXq2pvNC5g$5Edy+qvWgeAABdH544GtMpJHQClS7ftGKUivIlJv+i4',
  bcryptOfNfd: '$2a$04$UDNLv6VzHZ5upG4cVSucw.rIkkickEIvyg.DyJo4rLijHzWASXh2u',
};

/** Of more bytes than bcrypt reads. */
export const long = {
  password: 'long '.repeat(20),
  hash: '$argon2id$v=19$m=64,t=1,p=1$w6JhYmaci1EQ1r2cTdZMIA$6EhXnJpqJd5R0Lb6Ut7ZDwjv7UdkSMEWHaQPkc/D6v4',
};

/** `quickArgon2id` with a fault, and what is of another kind. */
export const malformedArgon2id = {
  'of argon2i':
    '$argon2i$v=19$m=64,t=1,p=1$d7Y58BmEYtfMEdrNu8vnsQ$kdEH2HmOQIYDwjwWa9TCfgyeriMdUb+3AOgdyVvZPyU',
  'of argon2d':
    '$argon2d$v=19$m=64,t=1,p=1$CF/CQdoC1w8sRLTJT+8zOA$VCtqPwObbBxUhB2IODM2IcpSuIcEKx+5w3VKntAHoWs',
  'of version 16':
    '$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$WxBCLSxYYJQ7fchst9iB7rlgqgkib5EQoh92DBVA4jY',
  ...Object.fromEntries(
    [
      ['without a version', '$v=19', ''],
      ['without m', 'm=64,', ''],
      ['without p', ',p=1', ''],
      ['in another order', 'm=64,t=1', 't=1,m=64'],
      ['with a key id', ',p=1', ',p=1,keyid=YQ'],
      ['with data', ',p=1', ',p=1,data=YQ'],
      ['without a hash', /\$[^$]+$/, ''],
      ['with an empty hash', /\$[^$]+$/, '$'],
      ['with an empty salt', /\$[^$]+(\$[^$]+)$/, '$$$1'],
      ['with a part more', /$/, '$YWJj'],
      ['with a $ more', /$/, '$'],
      ['with a leading zero', 'm=64', 'm=064'],
      ['with m of 0', 'm=64', 'm=0'],
      ['with t of 0', 't=1', 't=0'],
      ['with a sign', 't=1', 't=+1'],
      ['with t below zero', 't=1', 't=-1'],
      ['with t as 1e0', 't=1', 't=1e0'],
      ['with t in hexadecimal', 't=1', 't=0x1'],
      ['with digits of another script', 't=1', 't=١'],
      ['with a number of 40 digits', 'm=64', `m=${'9'.repeat(40)}`],
      ['with padding', /$/, '='],
      ['in the alphabet for URLs', '/', '_'],
      ['with bits set that mean nothing', /CWo$/, 'CWp'],
      ['with base64 of an impossible length', /o$/, 'oAA'],
      ['with a space before', /^/, ' '],
      ['with a line after', /$/, '\n'],
      ['in capitals', 'argon2id', 'ARGON2ID'],
    ].map(([what, from = '', to]) => [what, quickArgon2id.replace(from, String(to))]),
  ),
} as Record<string, string>;
