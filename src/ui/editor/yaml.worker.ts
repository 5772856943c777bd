// The worker of the YAML language service: completion, hover and format, off the page's thread.
import 'monaco-yaml/yaml.worker.js';
