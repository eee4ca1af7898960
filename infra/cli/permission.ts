import { Argument, InvalidArgumentError, Option } from 'commander';
import { accessTypes } from '../../lib/access.ts';
import type { Permission } from '../../lib/client/client.ts';
import { print, printJson, printTable } from './output.ts';

const isType = (text: string): text is Permission['type'] =>
  accessTypes.some((type) => type === text);

/** `read:table:orders` as a permission; the resource may have colons of its own. */
const parse = (text: string): Permission => {
  const [, type = '', resource_type = '', resource = ''] =
    /^([^:]+):([^:]+):(.+)$/s.exec(text) ?? [];
  if (!isType(type)) {
    throw new InvalidArgumentError(
      'Write it as type:resource_type:resource, as read:table:orders; the type is read, write or admin.',
    );
  }
  return { resource, resource_type, type };
};

/** An option for permissions, given once for each. */
export const permissionOption = (name: string, about: string): Option =>
  new Option(`--${name} <permission>`, `${about}, as read:table:orders; once for each`).argParser(
    (text: string, before: Permission[] = []) => [...before, parse(text)],
  );

/** The arguments that make one permission, in the order in which one says it. */
export const permissionArguments = (...further: string[]): [Argument, Argument, Argument] => [
  new Argument('<type>', 'what may be done').choices([...accessTypes, ...further]),
  new Argument('<resource_type>', 'to what kind of thing, as table; * for every one'),
  new Argument('<resource>', 'to which; * for every one'),
];

/** Prints permissions: as JSON each when it comes, as a table when all are there. */
export const printPermissions = async (
  permissions: AsyncIterable<Permission> | Iterable<Permission>,
  json: boolean,
): Promise<void> => {
  const rows = [];
  for await (const permission of permissions) {
    const { type, resource_type, resource } = permission;
    if (json) await printJson(permission);
    else rows.push([type, resource_type, resource]);
  }
  if (rows.length > 0) await printTable(rows);
  else if (!json) await print('No permissions.');
};
