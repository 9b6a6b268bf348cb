// Types of the bootstrap's check, for its test: the bootstrap itself must run before anything is installed.
export function stalePackage(root: string): string | undefined;
