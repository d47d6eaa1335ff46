/** The settings of functions in containers. */
import { containerFlags, engineHost, imageMapping, names, optional, word } from './docker-setting-type.ts';
import { inGroup } from './setting-group.ts';
import { directory, toggle } from './setting-type.ts';

const docker = inGroup('Docker');

export const dockerSettings = {
  engineHost: docker(
    'DOCKER_HOST',
    optional(engineHost),
    undefined,
    'Where the Docker engine is',
    'the socket of Docker, Docker Desktop, Colima or Podman',
  ),
  certificates: docker(
    'DOCKER_CERT_PATH',
    optional(directory),
    undefined,
    'The folder with `ca.pem`, `cert.pem` and `key.pem` for an engine behind TLS',
    '`~/.docker`',
  ),
  tlsVerify: docker('DOCKER_TLS_VERIFY', toggle, false, 'Speak TLS to the engine and check its certificate'),
  runtimeDirectory: docker(
    'XDG_RUNTIME_DIR',
    optional(directory),
    undefined,
    'Where engines without root keep their sockets',
    'none',
  ),
  imageMapping: docker(
    'LAMBDA_RUNTIME_IMAGE_MAPPING',
    optional(imageMapping),
    undefined,
    "The images of runtimes in place of AWS's own",
    "AWS's images for the runtime",
  ),
  ignoreArchitecture: docker(
    'LAMBDA_IGNORE_ARCHITECTURE',
    toggle,
    false,
    "Run every function on the engine's own architecture",
  ),
  flags: docker(
    'LAMBDA_DOCKER_FLAGS',
    containerFlags,
    '',
    "Flags of `docker run` for functions' containers; `-e LOCALSTACK_USER=root` lets functions keep their privileges, `-e LOCALSTACK_INIT_LOG_LEVEL=debug` logs what they ask of the Runtime API (`trace` to `panic`)",
    'none',
  ),
  networks: docker(
    'LAMBDA_DOCKER_NETWORK',
    names,
    [],
    'Networks of the containers, the main one first',
    "the daemon's own in a container, else the engine's default",
  ),
  dns: docker(
    'LAMBDA_DOCKER_DNS',
    optional(word),
    undefined,
    'The DNS server of the containers',
    "the daemon's own, or the engine's",
  ),
  removeContainers: docker('LAMBDA_REMOVE_CONTAINERS', toggle, true, 'Remove containers that ended'),
  hostname: docker(
    'HOSTNAME_FROM_LAMBDA',
    optional(word),
    undefined,
    'The host under which containers reach the daemon',
    'found out',
  ),
  prebuildImages: docker(
    'LAMBDA_PREBUILD_IMAGES',
    toggle,
    false,
    'Make an image with the code in it once per version, in place of mounting the code',
  ),
};
