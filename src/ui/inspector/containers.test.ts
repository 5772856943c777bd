import { describe, expect, it } from 'vitest';
import { containersIn } from './containers.ts';

const yaml = `spec:
  template:
    spec:
      initContainers:
        - name: setup
          image: busybox
      containers:
        - image: registry.example/nginx:1.27
          name: nginx
          env:
            - name: A
              value: image
          ports:
            - name: web
              containerPort: 80
        - name: sidecar
          image: "envoy:1"
      dnsPolicy: ClusterFirst
  volumeClaimTemplates:
    - metadata:
        name: www
`;

describe('the containers of a template', () => {
  it('are read with their images, whichever field comes first', () => {
    expect(containersIn(yaml)).toEqual([
      { name: 'nginx', image: 'registry.example/nginx:1.27' },
      { name: 'sidecar', image: 'envoy:1' },
    ]);
  });

  it('are none in an object without them', () => {
    expect(containersIn('kind: Service\nspec:\n  clusterIP: None\n')).toEqual([]);
  });
});
