// Serves the built site the way a plain static host does: under a sub-path, without special headers.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';

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

export function serveSite(): Promise<Site> {
  const server = createServer((request, response) => {
    const file = fileOf(request.url ?? '');
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      done({ url: `http://localhost:${port}${base}`, close: () => server.close() });
    });
  });
}
