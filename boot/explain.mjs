// Says why an installation failed, and what to do next.
import { userInfo } from 'node:os';

/** The first that fits is said. `next` is an instruction a person can follow as it stands.
 *  @type {{ pattern: RegExp, cause: string, next: string }[]} */
const KNOWN = [
  {
    pattern: /spawn npm ENOENT|npm: not found|'npm' is not recognized/,
    cause: 'npm was not found on this machine.',
    next: 'install Node with npm (https://nodejs.org), then run `npm start` again.',
  },
  {
    pattern: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network/i,
    cause: 'The package registry could not be reached.',
    next:
      'check the network or the proxy (`npm config get registry`, `npm config get proxy`), ' +
      'then run the same command again.',
  },
  {
    pattern: /E401|E403|ENEEDAUTH/,
    cause: 'The package registry refused access.',
    next: 'check `npm config get registry` and the sign-in to it, then run the same command again.',
  },
  {
    pattern: /ENOSPC|EDQUOT/,
    cause: 'The disk is full. The packages need about 1.5 GB at the moment of installation.',
    next: 'free some space, then run the same command again.',
  },
  {
    pattern: /in sync|Missing: |EUSAGE/,
    cause: 'package.json and package-lock.json do not agree.',
    next: 'run `npm install`, look at the difference in package-lock.json and commit it.',
  },
  {
    pattern: /EINTEGRITY/,
    cause: 'A downloaded package is not the one that package-lock.json names.',
    next: 'run `npm cache clean --force` and try again; if it stays, do not trust the registry.',
  },
];

/** @param {string} output what npm or the system said
 *  @param {string} root
 *  @returns {string} */
export function explainFailure(output, root) {
  const tail = output.trim().split('\n').slice(-12).join('\n');
  const { cause, next } =
    KNOWN.find(({ pattern }) => pattern.test(output)) ?? fallback(output, root);
  return `\n${tail}\n\nThe packages could not be installed. ${cause}\nNext step: ${next}`;
}

/** @param {string} output @param {string} root @returns {{ cause: string, next: string }} */
function fallback(output, root) {
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return {
      cause: `The user "${userName()}" may not write to a folder that npm needs.`,
      next:
        `make ${root} writable for that user, or clone it anew as that user. If the folder named ` +
        'above is the cache of npm, choose another: `export npm_config_cache=$(mktemp -d)`.',
    };
  }
  return {
    cause: 'npm gave the reason above.',
    next: 'mend it, then run the same command again. `npm ci` alone shows all that npm says.',
  };
}

/** @returns {string} */
function userName() {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return String(process.getuid?.() ?? 'unknown');
  }
}
