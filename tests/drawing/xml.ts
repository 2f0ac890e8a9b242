// A check that a text is XML, strict about what the drawings use.

/** What keeps the text from being XML, or null: tags that match, attributes in quotes, no bare sign of markup. */
export function xmlFault(xml: string): string | null {
  const open: string[] = [];
  const rest = xml.replace(/<(\/?)([a-z]+\d?)((?: [\w:-]+="[^"<]*")*)(\/?)>/g, (_, end, name, attributes, single) => {
    const names = [...attributes.matchAll(/ ([\w:-]+)=/g)].map((match) => match[1]);
    if (new Set(names).size < names.length) open.push(`twice: ${names}`);
    if (end && open.at(-1) !== name) return `</${name}`;
    if (end) open.pop();
    else if (!single) open.push(name);
    return '';
  });
  const bare = /[<>]|&(?!amp;|lt;|gt;|quot;)/.exec(rest)?.[0];
  return open.length > 0 ? open.join() : (bare ?? null);
}
