import { type FbxNode, node } from './fbx-node';

/** Collects the objects of a document, hands out their ids and records how they are connected. */
export class FbxObjects {
  readonly objects: FbxNode[] = [];
  readonly connections: FbxNode[] = [];
  private nextId = 1_000_000n;

  /** Id for an object that is added later; counted up, so that equal input gives an equal file. */
  reserveId(): bigint {
    this.nextId += 1n;
    return this.nextId;
  }

  /** Adds an object under its own new id and returns the id. */
  add(kind: string, name: string, subtype: string, children: readonly FbxNode[], endMarker?: boolean): bigint {
    return this.addWithId(this.reserveId(), kind, name, subtype, children, endMarker);
  }

  /** Adds an object under a reserved id. */
  addWithId(id: bigint, kind: string, name: string, subtype: string, children: readonly FbxNode[], endMarker?: boolean): bigint {
    this.objects.push(node(kind, [id, name, subtype], children, endMarker));
    return id;
  }

  /** Object to object: `child` belongs to `parent` (0 is the scene). */
  connect(child: bigint, parent: bigint): void {
    this.connections.push(node('C', ['OO', child, parent]));
  }

  /** Object to property: `source` drives or feeds `property` of `target`. */
  connectToProperty(source: bigint, target: bigint, property: string): void {
    this.connections.push(node('C', ['OP', source, target, property]));
  }
}
