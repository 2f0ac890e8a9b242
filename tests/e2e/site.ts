// Serves the built site the way static hosts do: under a sub-path, without the headers of a host set up for it.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join, normalize, resolve } from 'node:path';

const dist = resolve(import.meta.dirname, '../../dist');
const base = '/courses/2026/rewarm/';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.gz': 'application/octet-stream',
};

export interface Site {
  /** Address of the page. */
  readonly url: string;
  close(): void;
}

function fileOf(url: string): string | null {
  const { pathname } = new URL(url, 'http://localhost');
  if (!pathname.startsWith(base)) return null;
  const file = normalize(join(dist, pathname.slice(base.length) || 'index.html'));
  return file.startsWith(dist) && existsSync(file) && statSync(file).isFile() ? file : null;
}

/** What becomes of a file: not there, not answered, or served behind a line of script; null: served as it is. */
export type Meddle = (file: string) => 'gone' | 'silent' | { readonly script: string } | null;

/** @param unpacks whether the host marks .gz files as encoded, so that browsers unpack them: some do, some do not */
export function serveSite(unpacks: boolean, meddle: Meddle = () => null): Promise<Site> {
  const server = createServer((request, response) => {
    const file = fileOf(request.url ?? '');
    const change = file ? meddle(basename(file)) : null;
    if (change === 'silent') return;
    if (!file || change === 'gone') {
      response.writeHead(404).end();
      return;
    }
    const encoding = unpacks && file.endsWith('.gz') ? { 'content-encoding': 'gzip' } : {};
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', ...encoding });
    if (change) response.write(change.script);
    createReadStream(file).pipe(response);
  });
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      done({ url: `http://localhost:${port}${base}`, close });
    });
  });
}
