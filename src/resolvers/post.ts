import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { Appoint, AwayArgs, CoverInput, Post, PostsWanted, Vacancy } from "../schema/post.ts";
import { findPosts, findVacancies } from "../services/post-reads.ts";
import { appoint, confirmPost, endPost, setAway, setCover } from "../services/posts.ts";
import type { Context } from "./context.ts";

const OF_POST = { description: "The post's id." };

@Resolver()
export class PostResolver {
  @Query(() => [Post], { description: "Who holds which post now. Asks nothing of you but a role here." })
  posts(
    @Args(() => PostsWanted, { validate: true }) wanted: PostsWanted,
    @Ctx() { hub, caller }: Context,
  ): Promise<Post[]> {
    return findPosts(hub, caller, wanted);
  }

  @Query(() => [Vacancy], {
    description: "Posts that the area's policy relies on and that nobody holds: each is a finding.",
  })
  vacancies(@Ctx() { hub, caller }: Context): Promise<Vacancy[]> {
    return findVacancies(hub, caller);
  }

  @Mutation(() => Post, {
    description: "Puts somebody in a post. For the partnership's office, and managers in their own agency's teams.",
  })
  appoint(
    @Arg("post", () => Appoint, { description: "Who, and to which post.", validate: true }) post: Appoint,
    @Ctx() { hub, caller }: Context,
  ): Promise<Post> {
    return appoint(hub, caller, post);
  }

  @Mutation(() => Post, { description: "Ends a post. What it owes falls to the next in line." })
  endPost(@Arg("id", () => ID, OF_POST) id: string, @Ctx() { hub, caller }: Context): Promise<Post> {
    return endPost(hub, caller, id);
  }

  @Mutation(() => Post, {
    description:
      "Says when the holder is away; without any day, that they are here. Where nobody stands in, the next in line is told as well.",
  })
  setAway(@Args(() => AwayArgs, { validate: true }) away: AwayArgs, @Ctx() { hub, caller }: Context): Promise<Post> {
    return setAway(hub, caller, away);
  }

  @Mutation(() => Post, { description: "Names who stands in while the holder is away." })
  setCover(
    @Arg("id", () => ID, OF_POST) id: string,
    @Arg("cover", () => CoverInput, {
      nullable: true,
      description: "Who stands in; left out, nobody.",
      validate: true,
    })
    cover: CoverInput | null,
    @Ctx() { hub, caller }: Context,
  ): Promise<Post> {
    return setCover(hub, caller, { id, cover: cover ?? null });
  }

  @Mutation(() => Post, {
    description: "Confirms that the post and its cover are still right. For its holder, and whoever may appoint to it.",
  })
  confirmPost(@Arg("id", () => ID, OF_POST) id: string, @Ctx() { hub, caller }: Context): Promise<Post> {
    return confirmPost(hub, caller, id);
  }
}
