/** The sections of a configuration file as OpenStack's services and uwsgi read them, in order. */
export type IniSections = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/** The text of a configuration file. Values are written as they are: none of ours has a line break. */
export function ini(sections: IniSections): string {
  return Object.entries(sections)
    .map(([name, values]) => [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key} = ${value}`)])
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}
